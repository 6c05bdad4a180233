package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real browser, the Chromium that is installed with the driver of the same version, before one index.
 *
 * <p>Each page that it is asked to keep lands in {@code target/screenshots}, to be looked at. A page that breaks its own content
 * security policy, or whose script throws, fails the test.
 */
final class Chromium implements AutoCloseable {
    /** Selenium would say each time that it does not know this version's own protocol; it is not needed. */
    private static final Logger PROTOCOL = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    private static final Path SHOTS = Path.of("target", "screenshots");
    private static final int MOST_TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOKS = 100;
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-proxy-server",
            "--hide-scrollbars",
            "--force-device-scale-factor=1",
            "--lang=en");

    private final ChromeDriver driver;
    private final String address;
    private final String story;
    private int shots;

    private Chromium(ChromeDriver driver, String address, String story) {
        this.driver = driver;
        this.address = address;
        this.story = story;
    }

    /** Skips the test, with a word, where there is no Chromium; fails where there must be one. */
    static void require() {
        for (String program : List.of("chromium", "chromedriver")) {
            boolean there = program(program).isPresent();
            if (Boolean.getBoolean("clients.required")) {
                assertThat(there).as("%s is needed and not there", program).isTrue();
            }
            assumeTrue(there, program + " is not installed");
        }
    }

    private static Optional<File> program(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .findFirst();
    }

    /**
     * Opens a browser that has not been anywhere.
     *
     * @param story the beginning of the names of what it keeps
     */
    static Chromium before(Index index, String story) throws IOException {
        PROTOCOL.setLevel(Level.SEVERE);
        Files.createDirectories(SHOTS);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium").orElseThrow());
        options.addArguments(FLAGS);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        // With its place given, Selenium looks for no driver to download.
        ChromeDriverService service = ChromeDriverService.createDefaultService();
        service.setExecutable(program("chromedriver").orElseThrow().getPath());
        Chromium chromium = new Chromium(new ChromeDriver(service, options), index.address(), story);
        chromium.width(1100);
        return chromium;
    }

    /** Makes the window as wide as this; a telephone has about 400. */
    Chromium width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Chromium dark(boolean on) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", on ? "dark" : "light"))));
        return this;
    }

    Chromium script(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
        return this;
    }

    ChromeDriver driver() {
        return driver;
    }

    Chromium open(String path) {
        driver.get(address + path);
        return this;
    }

    /** Where it is, with the query. */
    String place() {
        String url = driver.getCurrentUrl();
        assertThat(url).startsWith(address);
        return url.substring(address.length());
    }

    /** What can be read on the page. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Goes on when the page says so; the driver waits where a script is at work, or the next page on its way. */
    Chromium says(String text) {
        if (!appears("//body[contains(normalize-space(.), \"" + text + "\")]")) {
            throw new AssertionError("'" + text + "' is not on " + place() + ":\n" + text());
        }
        return this;
    }

    private boolean appears(String xpath) {
        return appears(xpath, PATIENCE);
    }

    private boolean appears(String xpath, Duration patience) {
        driver.manage().timeouts().implicitlyWait(patience);
        try {
            return !driver.findElements(By.xpath(xpath)).isEmpty();
        } finally {
            driver.manage().timeouts().implicitlyWait(Duration.ZERO);
        }
    }

    /** Goes on when the browser is there; a click does not wait for the page that it leads to. */
    Chromium isAt(String start) {
        for (int i = 0; i < LOOKS && !place().startsWith(start); i++) {
            // Never there: it only lets the driver wait.
            appears("//nowhere", PATIENCE.dividedBy(LOOKS));
        }
        assertThat(place()).as(text()).startsWith(start);
        return this;
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Presses the first button of the page's own content. */
    Chromium submit() {
        element("main button").click();
        return this;
    }

    boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** Types into the field that can be seen under this label. */
    Chromium type(String label, String text) {
        WebElement field = field(label);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    private WebElement field(String label) {
        appears("//label[starts-with(normalize-space(.), \"" + label + "\")]");
        List<String> labels = new ArrayList<>();
        for (WebElement each : driver.findElements(By.tagName("label"))) {
            String shown = each.getText().strip();
            labels.add(shown);
            if (shown.startsWith(label) && each.isDisplayed()) {
                return driver.findElement(By.id(each.getDomAttribute("for")));
            }
        }
        throw new AssertionError("no field " + label + " on " + place() + ", but " + labels);
    }

    Chromium choose(String label, String option) {
        for (WebElement each : field(label).findElements(By.tagName("option"))) {
            if (each.getText().strip().startsWith(option)) {
                each.click();
                return this;
            }
        }
        throw new AssertionError("no choice " + option + " under " + label);
    }

    /** Presses what can be seen and reads like this, in the page's own content first: a button, a link, a summary. */
    Chromium press(String text) {
        for (int i = 0; ; i++) {
            try {
                return pressOnce(text);
            } catch (StaleElementReferenceException e) {
                // The page before was still there when this began.
                if (i == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Chromium pressOnce(String text) {
        appears("//*[self::button or self::a or self::summary][starts-with(normalize-space(.), \"" + text + "\")]");
        List<WebElement> all =
                new ArrayList<>(driver.findElements(By.cssSelector("main button, main a, main summary")));
        all.addAll(driver.findElements(By.cssSelector("aside a, header a, header button")));
        List<String> seen = new ArrayList<>();
        for (WebElement each : all) {
            String shown = each.getText().replaceAll("\\s+", " ").strip();
            if (shown.startsWith(text) && each.isDisplayed()) {
                each.click();
                return this;
            }
            seen.add(shown);
        }
        throw new AssertionError("nothing to press reads " + text + " on " + place() + ", but " + seen);
    }

    /** Keeps the whole page as a picture. */
    Chromium keep(String name) throws IOException {
        Map<String, Object> answer = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        shots++;
        Files.write(
                SHOTS.resolve("%s-%02d-%s.png".formatted(story, shots, name)),
                Base64.getDecoder().decode((String) answer.get("data")));
        return this;
    }

    /** What the browser itself complains about: scripts that throw, and what the page's own policy forbids. */
    private List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource: the server responded with a status of"))
                .filter(message -> !message.contains("pubKeyCredParams is missing at least one of the default"))
                .toList();
    }

    @Override
    public void close() {
        try {
            assertThat(complaints()).isEmpty();
        } finally {
            driver.quit();
        }
    }
}
