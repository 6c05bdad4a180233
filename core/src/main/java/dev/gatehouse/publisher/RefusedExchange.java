package dev.gatehouse.publisher;

/** No token was given. Immutable and thread-safe; it holds nothing secret. */
public final class RefusedExchange implements Exchange {
    private final ExchangeRefusal refusal;
    private final String description;
    private final String reason;

    private RefusedExchange(ExchangeRefusal refusal, String description, String reason) {
        this.refusal = refusal;
        this.description = description;
        this.reason = reason;
    }

    static RefusedExchange of(ExchangeRefusal refusal, String text, String reason) {
        return new RefusedExchange(refusal, refusal.description(text), reason);
    }

    public ExchangeRefusal refusal() {
        return refusal;
    }

    /** The code for the client, as PyPI names it. */
    public String code() {
        return refusal.code();
    }

    /** The description for the client. */
    public String description() {
        return description;
    }

    /** The precise reason, in English, for the log only; it is in the audit already. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return "RefusedExchange[" + refusal + "]";
    }
}
