package dev.gatehouse.recovery;

import com.google.common.base.CharMatcher;
import dev.gatehouse.secret.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A recovery code as a person typed or copied it, freed of what does not count: white space, hyphens, case. */
final class CodeInput {
    /** Longest input looked at; a code with a blank after each character and around it is far shorter. */
    static final int MAX_INPUT = 128;

    /** Hexadecimal digits of a code. */
    static final int DIGITS = 16;

    /** Unicode's white space, the hyphen, and the hyphens and dashes (U+2010 to U+2015) that programs put in its place. */
    private static final CharMatcher IGNORED =
            CharMatcher.whitespace().or(CharMatcher.is('-')).or(CharMatcher.inRange('\u2010', '\u2015'));

    private CodeInput() {}

    /** The code in the form that is hashed, sixteen lower-case digits in ASCII; empty if it is none. */
    static Optional<SecretBytes> read(String text) {
        if (text.length() > MAX_INPUT) {
            return Optional.empty();
        }
        String dense = IGNORED.removeFrom(text);
        if (dense.length() != DIGITS) {
            return Optional.empty();
        }
        byte[] code = new byte[DIGITS];
        for (int i = 0; i < DIGITS; i++) {
            char c = dense.charAt(i);
            // Only ASCII counts: by Unicode's rules of case or digits other characters would too.
            if (c >= 'A' && c <= 'F') {
                code[i] = (byte) (c - 'A' + 'a');
            } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
                code[i] = (byte) c;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(SecretBytes.copyOf(code));
    }

    /** The same of a code that was made here. */
    static SecretBytes ofMade(String code) {
        return SecretBytes.copyOf(code.getBytes(StandardCharsets.US_ASCII));
    }
}
