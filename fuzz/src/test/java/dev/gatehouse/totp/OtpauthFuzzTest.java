package dev.gatehouse.totp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.gatehouse.fuzz.FuzzTarget;
import java.io.StringReader;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Issuer, account and title, a line each: the URI gives them back, and the drawing is XML that a decoder reads. */
class OtpauthFuzzTest extends FuzzTarget {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final TotpSecret SECRET = TotpSecret.fromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    @Override
    protected int mutations() {
        return 100;
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("Index\nalice\nQR code"),
                utf8("Index & Co. \u00e9\uD83D\uDE00\na:b@c?d=e&f#g%25\n<title>&\"' \u0001\uFFFE"),
                utf8("otpauth://totp/x?secret=AA\n\n"));
    }

    @Override
    protected void check(byte[] input) throws Exception {
        String[] line = (text(input) + "\n\n").split("\n", 3);
        String title = line[2].isBlank() ? "QR" : line[2].strip();
        OtpauthUri uri;
        try {
            uri = OtpauthUri.of(line[0], line[1], SECRET, TotpParameters.standard());
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("(?s)(issuer|accountName): .*");
            drawn(line[0], title);
            return;
        }
        URI parsed = new URI(uri.text());
        String label = parsed.getRawPath().substring(1);
        assertThat(decoded(label.substring(0, label.indexOf(':')))).isEqualTo(line[0]);
        assertThat(decoded(label.substring(label.indexOf(':') + 1))).isEqualTo(line[1]);
        assertThat(parsed.getRawQuery())
                .startsWith("secret=" + SECRET.base32() + "&issuer=")
                .endsWith("&algorithm=SHA1&digits=6&period=30");
        if (uri.text().length() <= QrSvg.MAX_URI) {
            drawn(uri.text(), title);
        }
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private static void drawn(String uri, String title) throws Exception {
        QrSvg drawing;
        try {
            drawing = QrSvg.of(uri, title);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).matches("(?s)otpauthUri: .*|title: blank");
            return;
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element svg = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(drawing.svg())))
                .getDocumentElement();
        assertThat(svg.getAttribute("aria-label").strip())
                .isEqualTo(visible(title).strip());
        assertThat(svg.getElementsByTagName("*").getLength()).isEqualTo(3);
        if (uri.length() < 300) {
            assertThat(read(svg)).isEqualTo(uri);
        }
    }

    private static String visible(String title) {
        StringBuilder out = new StringBuilder();
        title.codePoints().forEach(c -> {
            boolean isXml =
                    (c >= ' ' && c < 0x7f) || (c > 0x9f && c < 0xd800) || (c >= 0xe000 && (c & 0xFFFE) != 0xFFFE);
            out.appendCodePoint(isXml ? c : ' ');
        });
        return out.toString();
    }

    private static String read(Element svg) throws Exception {
        int width = Integer.parseInt(svg.getAttribute("width"));
        int modules = Integer.parseInt(svg.getAttribute("viewBox").replaceFirst(".* ", ""));
        int scale = width / modules;
        int[] pixels = new int[width * width];
        Arrays.fill(pixels, 0xffffff);
        Matcher run = RUN.matcher(((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d"));
        while (run.find()) {
            int x = Integer.parseInt(run.group(1)) * scale;
            int y = Integer.parseInt(run.group(2)) * scale;
            for (int row = y; row < y + scale; row++) {
                Arrays.fill(pixels, row * width + x, row * width + x + Integer.parseInt(run.group(3)) * scale, 0);
            }
        }
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(width, width, pixels))),
                        Map.of(com.google.zxing.DecodeHintType.PURE_BARCODE, true))
                .getText();
    }
}
