SELECT correction.*, organ.level, organ.kind, organ.region_code, part.edition, form.row_label, form.row_label_en,
    form.column_label, form.column_label_en
FROM main.correction AS correction
JOIN core.organ AS organ ON organ.organ_id = correction.organ_id
LEFT JOIN core.report_table AS part
    ON part.report_id = correction.later_report_id AND part.table_code = correction.table_code
LEFT JOIN main.form_cell AS form
    ON form.table_code = correction.table_code AND form.edition = part.edition
    AND form.row_code = correction.row_code AND form.column_code = correction.column_code
ORDER BY first_seen_after_at DESC, correction.organ_id, correction.year, correction.table_code, form.position
