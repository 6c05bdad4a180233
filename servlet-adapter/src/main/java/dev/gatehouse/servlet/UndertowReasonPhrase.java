package dev.gatehouse.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Sets the phrase of Undertow's exchange, by handles: its jars have no module names that a published module could require. */
final class UndertowReasonPhrase implements ReasonPhrase {
    private final MethodHandle current;
    private final MethodHandle exchange;
    private final MethodHandle setReasonPhrase;

    UndertowReasonPhrase() {
        try {
            Class<?> context = Class.forName("io.undertow.servlet.handlers.ServletRequestContext");
            Class<?> exchangeType = Class.forName("io.undertow.server.HttpServerExchange");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            this.current = lookup.findStatic(context, "current", MethodType.methodType(context));
            this.exchange = lookup.findVirtual(context, "getExchange", MethodType.methodType(exchangeType));
            this.setReasonPhrase = lookup.findVirtual(
                    exchangeType, "setReasonPhrase", MethodType.methodType(exchangeType, String.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Undertow 2 is not here", e);
        }
    }

    @Override
    public void set(HttpServletRequest request, HttpServletResponse response, String phrase) {
        try {
            Object context = current.invoke();
            if (context != null && !phrase.isEmpty()) {
                setReasonPhrase.invoke(exchange.invoke(context), phrase);
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Undertow refused the phrase", e);
        }
    }
}
