"""Commands of publishers and auditors: one report read and checked, findings, rules, corrections and waivers."""
