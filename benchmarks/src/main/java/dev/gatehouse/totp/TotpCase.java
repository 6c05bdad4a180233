package dev.gatehouse.totp;

import dev.gatehouse.secret.SecretBytes;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One TOTP secret and the ways to check a code of its present step: the bare HMACs, and this library. */
public final class TotpCase {
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String HMAC = "HmacSHA1";

    private final byte[] key = new byte[20];
    private final TotpParameters parameters = TotpParameters.standard();
    private final TotpSecret secret = TotpSecret.of(SecretBytes.copyOf(key));
    private final String code = Totp.codeAt(secret, parameters, NOW);

    /** One {@code init} and three {@code doFinal}, with the instance of {@code Mac} that a careful caller makes anew. */
    public long bareHmacs() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            byte[] counter = new byte[Long.BYTES];
            long sum = 0;
            long step = parameters.stepAt(NOW);
            for (long at = step - 1; at <= step + 1; at++) {
                for (int i = 0; i < Long.BYTES; i++) {
                    counter[i] = (byte) (at >>> (56 - 8 * i));
                }
                sum += mac.doFinal(counter)[0] + 1000;
            }
            return sum;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reading the input and finding its step among three. */
    public long threeSteps() {
        Optional<CodeInput> input = CodeInput.read(code);
        StepMatch match = StepMatch.find(secret, parameters, input.orElseThrow(), NOW);
        if (match.kind() != StepMatch.Kind.ACCEPTABLE) {
            throw new IllegalStateException("the code is not accepted");
        }
        return match.step();
    }
}
