-- Recovery codes are in the library's tables now. Whoever had some makes new ones.
DROP TABLE recovery_code;
DROP TABLE recovery_set;
