package dev.gatehouse.publisher;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.internal.AddressBucket;
import dev.gatehouse.internal.LogText;
import dev.gatehouse.oidc.Issuer;
import dev.gatehouse.oidc.RejectedIdentityToken;
import dev.gatehouse.oidc.VerifiedIdentityToken;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses exchanges: little for the client, the reason for log and audit. */
final class ExchangeRefusals {
    private static final Logger LOG = LoggerFactory.getLogger(TokenExchange.class);

    private final AuditSink audit;
    private final InstantSource clock;

    ExchangeRefusals(AuditSink audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** The refusal of an identity token that does not hold. */
    RefusedExchange of(RejectedIdentityToken rejected, ExchangeRequest request) {
        String provider = rejected.issuer().map(Issuer::providerId).orElse("");
        ExchangeRefusal refusal = switch (rejected.code()) {
            case NO_ISSUER, MALFORMED -> ExchangeRefusal.MALFORMED;
            case UNKNOWN_ISSUER -> ExchangeRefusal.UNKNOWN_ISSUER;
            case NOT_ENABLED -> ExchangeRefusal.NOT_ENABLED;
            default -> ExchangeRefusal.INVALID_TOKEN;
        };
        return of(refusal, provider, rejected.code() + ": " + rejected.detail(), request, null);
    }

    /**
     * A refusal, recorded.
     *
     * @param text what its description has a place for
     * @param token the identity token, if it holds
     */
    RefusedExchange of(
            ExchangeRefusal refusal,
            String text,
            String reason,
            ExchangeRequest request,
            @Nullable VerifiedIdentityToken token) {
        AuditEvent.Builder event = AuditEvent.of(AuditTag.EXCHANGE_REFUSED, clock.instant())
                .address(AddressBucket.of(request.address()).text())
                .attribute("code", refusal.name())
                .attribute("reason", reason);
        if (token != null) {
            event.attribute("issuer", token.issuer().url())
                    .attribute("replay_key", token.replayKeys().get(0));
        }
        audit.record(event.build());
        LOG.info("exchange refused: {}, {}", refusal, LogText.quoted(reason));
        return RefusedExchange.of(refusal, text, reason);
    }
}
