package dev.gatehouse.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Each drawing is painted as its SVG says and read by an independent decoder. */
class QrSvgTest {
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
    private static final TotpSecret SECRET = TotpSecret.fromBase32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

    private static OtpauthUri uri(String issuer, String account) {
        return OtpauthUri.of(issuer, account, SECRET, TotpParameters.standard());
    }

    /** The core itself needs no XML, so that its module does not read the JDK's; on the class path this changes nothing. */
    @BeforeAll
    static void readTheXmlModule() {
        ModuleLayer.boot().findModule("java.xml").ifPresent(QrSvgTest.class.getModule()::addReads);
    }

    private static Element parsed(QrSvg drawing) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(drawing.svg())))
                .getDocumentElement();
    }

    private static int modulesOf(Element svg) {
        return Integer.parseInt(
                Splitter.on(' ').splitToList(svg.getAttribute("viewBox")).get(2));
    }

    private static String decoded(QrSvg drawing) throws Exception {
        Element svg = parsed(drawing);
        int width = Integer.parseInt(svg.getAttribute("width"));
        int modules = modulesOf(svg);
        int scale = width / modules;
        int[] pixels = new int[width * width];
        Arrays.fill(pixels, 0xffffff);
        Matcher run = RUN.matcher(((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d"));
        int end = 0;
        while (run.find()) {
            assertThat(run.start()).isEqualTo(end);
            assertThat(run.group(4)).isEqualTo(run.group(3));
            end = run.end();
            int left = Integer.parseInt(run.group(1));
            int top = Integer.parseInt(run.group(2));
            int length = Integer.parseInt(run.group(3));
            assertThat(length).isPositive();
            for (int y = top * scale; y < (top + 1) * scale; y++) {
                Arrays.fill(pixels, y * width + left * scale, y * width + (left + length) * scale, 0);
            }
        }
        BinaryBitmap bitmap =
                new BinaryBitmap(new GlobalHistogramBinarizer(new RGBLuminanceSource(width, width, pixels)));
        return new QRCodeReader().decode(bitmap).getText();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 13, 40})
    void svg_atAnyScale_decodesToTheUri(int scale) throws Exception {
        OtpauthUri uri = uri("Example Co", "alice@example.com");

        assertThat(decoded(QrSvg.of(uri, "QR code").scale(scale))).isEqualTo(uri.text());
    }

    @Test
    void svg_longestNamesAndSecret_decodesToTheUri() throws Exception {
        OtpauthUri longest = OtpauthUri.of(
                "i".repeat(200),
                "\u00e9".repeat(100),
                TotpSecret.of(dev.gatehouse.secret.SecretBytes.copyOf(new byte[128])),
                TotpParameters.standard());

        assertThat(decoded(QrSvg.of(longest, "QR code"))).isEqualTo(longest.text());
    }

    @Test
    void svg_anyOtpauthUri_decodesToIt() throws Exception {
        String hotp = "otpauth://hotp/x?secret=JBSWY3DPEHPK3PXP&counter=1";

        assertThat(decoded(QrSvg.of(hotp, "QR code"))).isEqualTo(hotp);
    }

    @Test
    void svg_always_hasAQuietZoneOfFourModules() throws Exception {
        QrSvg drawing = QrSvg.of(uri("Index", "alice"), "QR code");
        Element svg = parsed(drawing);
        int modules = modulesOf(svg);
        Matcher run = RUN.matcher(drawing.svg());
        int left = modules;
        int right = 0;
        int top = modules;
        int bottom = 0;
        while (run.find()) {
            left = Math.min(left, Integer.parseInt(run.group(1)));
            right = Math.max(right, Integer.parseInt(run.group(1)) + Integer.parseInt(run.group(3)));
            top = Math.min(top, Integer.parseInt(run.group(2)));
            bottom = Math.max(bottom, Integer.parseInt(run.group(2)) + 1);
        }

        assertThat(new int[] {left, modules - right, top, modules - bottom}).containsOnly(4);
        assertThat(Integer.parseInt(svg.getAttribute("width"))).isEqualTo(5 * modules);
        assertThat(svg.getAttribute("height")).isEqualTo(svg.getAttribute("width"));
    }

    @Test
    void svg_forAScreenReader_isAnImageWithATitle() throws Exception {
        Element svg = parsed(QrSvg.of(uri("Index", "alice"), "Scan <me> & \"go\"'\u0001\uffff"));

        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("aria-label")).isEqualTo("Scan <me> & \"go\"'  ");
        assertThat(svg.getFirstChild().getNodeName()).isEqualTo("title");
        assertThat(svg.getFirstChild().getTextContent()).isEqualTo("Scan <me> & \"go\"'  ");
    }

    @Test
    void svg_underAStrictContentPolicy_needsNothingThatIsForbidden() {
        String svg = QrSvg.of(uri("Index", "alice"), "QR code").svg();

        assertThat(svg).doesNotContain("style", "script", "href", "url(", "JBSW", "GEZD");
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http");
    }

    @Test
    void of_whatIsNoOtpauthUri_isRefusedWithoutRepeatingIt() {
        for (String text : new String[] {
            "",
            "https://example.com/",
            "otpauth:totp",
            "otpauth://totp/a b",
            "otpauth://totp/\u00e9",
            "otpauth://totp/a\u007f",
            "OTPAUTH://totp/a"
        }) {
            assertThatThrownBy(() -> QrSvg.of(text, "QR code")).hasMessage("otpauthUri: not an otpauth URI");
        }
        assertThatThrownBy(() -> QrSvg.of("otpauth://" + "a".repeat(2000), "QR code"))
                .hasMessageStartingWith("otpauthUri:");
        assertThatThrownBy(() -> QrSvg.of(uri("Index", "alice"), " ")).hasMessageStartingWith("title:");
        assertThatThrownBy(() -> QrSvg.of(uri("Index", "alice"), "QR code").scale(1))
                .hasMessageStartingWith("pixels:");
        assertThatThrownBy(() -> QrSvg.of(uri("Index", "alice"), "QR code").scale(41))
                .hasMessageStartingWith("pixels:");
    }

    @Test
    void of_theLongestUri_isDrawn() throws Exception {
        String longest = "otpauth://" + "a".repeat(QrSvg.MAX_URI - 10);

        assertThat(decoded(QrSvg.of(longest, "QR code"))).isEqualTo(longest);
        assertThatThrownBy(() -> QrSvg.of(longest + "a", "QR code")).hasMessageContaining("longer than");
    }

    @Test
    void toString_ofADrawing_hidesTheSecret() {
        assertThat(QrSvg.of(uri("Index", "alice"), "QR code")).hasToString("QrSvg[QR code]");
    }
}
