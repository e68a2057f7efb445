-- No rate is worth stating for fewer cases than this.
CREATE OR REPLACE MACRO main.smallest_base() AS 30;

CREATE OR REPLACE MACRO main.rate(part, whole) AS
    CASE WHEN whole >= main.smallest_base() THEN round(part / whole, 4) END;

-- The interval in which a share lies at 95 % (Wilson's), as if each case were independent of the others.
CREATE OR REPLACE MACRO main.share_interval(part, whole) AS CASE WHEN whole > 0 THEN {
    low: greatest(0, (part + 1.92072944 - 1.959964 * sqrt(greatest(part * (whole - part) / whole, 0) + 0.96036472)) / (whole + 3.84145888)),
    high: least(1, (part + 1.92072944 + 1.959964 * sqrt(greatest(part * (whole - part) / whole, 0) + 0.96036472)) / (whole + 3.84145888))
} END;

-- The statutory date: 31 March of all reports for 2018 and before; then 31 January for departments, 31 March for others.
CREATE OR REPLACE MACRO main.due_on(kind, report_year) AS CASE
    WHEN kind IS NOT NULL OR report_year <= 2018
    THEN make_date(report_year + 1, CASE WHEN kind = 'department' AND report_year > 2018 THEN 1 ELSE 3 END, 31)
END;

-- What a row of section three measures: a column of main.outcomes.
CREATE OR REPLACE MACRO main.measure_of(row_code) AS CASE
    WHEN starts_with(row_code, 'denied_') THEN 'denied'
    WHEN starts_with(row_code, 'unavailable_') THEN 'unavailable'
    WHEN starts_with(row_code, 'not_processed_') THEN 'not_processed'
    WHEN starts_with(row_code, 'other_') THEN 'other'
    WHEN row_code = 'concluded_total' THEN 'concluded'
    ELSE row_code
END
