package dev.gatehouse.disclosure;

/** Why a report is refused as a whole: the first cause, for log and audit. Who sent it is told by the status alone. */
public enum LeakReportRejection {
    /** The headers of no origin: 404, as where there is no such address. */
    NO_ORIGIN(404),
    /** Key id or signature is not written as it has to be, or stands there twice. */
    HEADERS(400),
    /** More than {@link LeakReports#MAX_BODY} bytes. */
    TOO_LARGE(413),
    /** The origin lists no such key. */
    UNKNOWN_KEY(400),
    /** The origin has given this key up more than a day ago. */
    RETIRED_KEY(400),
    /** The keys cannot be had now, or were looked for just before: the same report may be accepted later. */
    KEYS_UNAVAILABLE(503),
    /** It is not this key's signature over these bytes. */
    SIGNATURE(400),
    /** It is signed, and no JSON array, or no strict JSON. */
    MALFORMED(400),
    /** It is signed, and has more than {@link LeakReports#MAX_RECORDS} records. */
    TOO_MANY(413);

    private final int status;

    LeakReportRejection(int status) {
        this.status = status;
    }

    /** The status of the answer, whose body is empty. */
    public int status() {
        return status;
    }

    /** Whether the same report may be accepted later: the reporter is to send it again. */
    public boolean isForLater() {
        return status == 503;
    }
}
