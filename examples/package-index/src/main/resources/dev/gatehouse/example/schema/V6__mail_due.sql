-- When a mail is tried next. Without it nobody tries: it was sent or given up, or it was kept for the outbox by an index that had
-- no mail server. Of older mails that were not sent nobody knows which those are, so none of them is tried any more: a lost one
-- can be asked for again, or is in the audit log, but a dead link or an old alarm cannot be taken back from a stranger.
ALTER TABLE mail ADD COLUMN due TIMESTAMP(9) WITH TIME ZONE;
CREATE INDEX mail_due ON mail (due);
