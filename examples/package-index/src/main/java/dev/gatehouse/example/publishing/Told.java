package dev.gatehouse.example.publishing;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Jdbi;

/** What is told once. Thread-safe. */
public final class Told {
    private final Jdbi jdbi;

    public Told(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether this was not told before; from now on it was. */
    public boolean isNew(String what, Instant now) {
        return jdbi.inTransaction(
                        h -> h.createUpdate("MERGE INTO told USING (VALUES (CAST(:what AS VARCHAR(255)))) given (what)"
                                        + " ON told.what = given.what WHEN NOT MATCHED THEN INSERT (what, at)"
                                        + " VALUES (:what, :now)")
                                .bind("what", what)
                                .bind("now", now.atOffset(ZoneOffset.UTC))
                                .execute())
                == 1;
    }
}
