package dev.gatehouse.publisher;

import java.util.function.Function;

/** The result of an exchange: a token, why there is none, or when to come again. */
public sealed interface Exchange permits Exchanged, RefusedExchange, ThrottledExchange {

    /** Applies the function that fits the result. */
    default <T> T fold(
            Function<? super Exchanged, ? extends T> exchanged,
            Function<? super RefusedExchange, ? extends T> refused,
            Function<? super ThrottledExchange, ? extends T> throttled) {
        if (this instanceof Exchanged e) {
            return exchanged.apply(e);
        }
        if (this instanceof RefusedExchange r) {
            return refused.apply(r);
        }
        return throttled.apply((ThrottledExchange) this);
    }
}
