package dev.gatehouse.totp;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.util.Objects;

/**
 * An {@code otpauth} URI as a QR code, drawn as SVG.
 *
 * <p>The drawing stands on its own: no script, no style, nothing to load, so that it goes into a page under a strict content
 * security policy. It has the four modules of quiet zone that scanners need, black on white whatever the page's colours, and a
 * title for those who cannot see it. Error correction is level M.
 *
 * <p>It holds the secret as the URI does: inline in the page or from an address that only its owner can read, never cached.
 * Offer {@link TotpSecret#base32InGroups} beside it. Immutable and thread-safe.
 */
public final class QrSvg {
    /** Longest URI in characters. */
    public static final int MAX_URI = 2000;

    private static final int QUIET = 4;
    private static final int DEFAULT_SCALE = 5;
    private static final int MIN_SCALE = 2;
    private static final int MAX_SCALE = 40;

    private final QrCode code;
    private final String title;
    private final int scale;

    private QrSvg(QrCode code, String title, int scale) {
        this.code = code;
        this.title = title;
        this.scale = scale;
    }

    /**
     * The drawing of a URI, at 5 pixels a module.
     *
     * @param title what a screen reader says, such as "QR code for an authenticator app"; it must not hold the secret
     */
    public static QrSvg of(OtpauthUri uri, String title) {
        return of(uri.text(), title);
    }

    /**
     * The drawing of any URI of the scheme {@code otpauth}.
     *
     * @throws IllegalArgumentException if the text is not such a URI of printable ASCII, or is longer than {@value #MAX_URI}
     *     characters, or the title is blank
     */
    public static QrSvg of(String otpauthUri, String title) {
        if (!otpauthUri.startsWith("otpauth://") || !otpauthUri.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("otpauthUri: not an otpauth URI");
        }
        if (otpauthUri.length() > MAX_URI) {
            throw new IllegalArgumentException("otpauthUri: longer than " + MAX_URI + " characters");
        }
        if (Objects.requireNonNull(title, "title").isBlank()) {
            throw new IllegalArgumentException("title: blank");
        }
        try {
            return new QrSvg(QrCode.encodeText(otpauthUri, QrCode.Ecc.MEDIUM), title, DEFAULT_SCALE);
        } catch (DataTooLongException e) {
            throw new IllegalArgumentException("otpauthUri: too long for a QR code");
        }
    }

    /**
     * The same at another size.
     *
     * @param pixels width of one module, 2 to 40: decoders fail on a single pixel
     * @throws IllegalArgumentException if out of bounds
     */
    public QrSvg scale(int pixels) {
        if (pixels < MIN_SCALE || pixels > MAX_SCALE) {
            throw new IllegalArgumentException("pixels: " + MIN_SCALE + " to " + MAX_SCALE + ", not " + pixels);
        }
        return new QrSvg(code, title, pixels);
    }

    /** The {@code svg} element, for a page; as a file of its own it is served as {@code image/svg+xml}. */
    public String svg() {
        int modules = code.size + 2 * QUIET;
        String size = Integer.toString(modules * scale);
        String spoken = escaped(title);
        StringBuilder out = new StringBuilder(4096);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"")
                .append(spoken)
                .append("\" width=\"")
                .append(size)
                .append("\" height=\"")
                .append(size)
                .append("\" viewBox=\"0 0 ")
                .append(modules)
                .append(' ')
                .append(modules)
                .append("\" shape-rendering=\"crispEdges\"><title>")
                .append(spoken)
                .append("</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"");
        for (int y = 0; y < code.size; y++) {
            appendRuns(out, y);
        }
        return out.append("\"/></svg>").toString();
    }

    /** One rectangle for each run of dark modules of a row. */
    private void appendRuns(StringBuilder out, int y) {
        int x = 0;
        while (x < code.size) {
            int start = x;
            while (x < code.size && code.getModule(x, y)) {
                x++;
            }
            if (x > start) {
                out.append('M').append(start + QUIET).append(' ').append(y + QUIET);
                out.append('h')
                        .append(x - start)
                        .append("v1h-")
                        .append(x - start)
                        .append('z');
            }
            x++;
        }
    }

    /** XML knows no escape for most control characters; they become spaces. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    boolean allowed = !Character.isISOControl(c)
                            && Character.getType(c) != Character.SURROGATE
                            && (c & 0xFFFE) != 0xFFFE;
                    out.appendCodePoint(allowed ? c : ' ');
                }
            }
        });
        return out.toString();
    }

    @Override
    public String toString() {
        return "QrSvg[" + title + "]";
    }
}
