package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of a browser as the pages need: cookies, forms with their hidden fields, redirects. */
public final class Browser {
    private static final Pattern FORM = Pattern.compile("<form[^>]*>.*?</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");
    private static final int MOST_REDIRECTS = 8;

    private final String address;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final List<String> way = new ArrayList<>();
    private HttpResponse<String> last;

    Browser(String address) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Opens a page and goes where it leads. */
    public Browser open(String path) throws IOException, InterruptedException {
        way.clear();
        return follow(send(request(path).GET()));
    }

    /** Sends the form of the present page that goes to this path, with these fields in it. */
    public Browser submit(String action, String... fields) throws IOException, InterruptedException {
        Map<String, String> values = hidden(action);
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], fields[i + 1]);
        }
        return post(action, values);
    }

    /** Sends a form that need not be on the page. */
    public Browser post(String path, Map<String, String> values) throws IOException, InterruptedException {
        way.clear();
        String referer = last == null ? address + "/" : last.uri().toString();
        return follow(send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", address)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Referer", referer)
                .POST(HttpRequest.BodyPublishers.ofString(encode(values)))));
    }

    /** Sends a request as it is, with the cookies of this browser, and follows nothing. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest built = request.build();
        try {
            return client.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            // A server that has refused a form before it came closes the connection; browsers then take another one.
            if (!String.valueOf(e.getMessage()).contains("received no bytes")) {
                throw e;
            }
            return client.send(built, HttpResponse.BodyHandlers.ofString());
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Accept", "text/html,*/*;q=0.8");
    }

    private Browser follow(HttpResponse<String> first) throws IOException, InterruptedException {
        HttpResponse<String> response = first;
        way.add(place(response.uri()));
        for (int i = 0; response.statusCode() == 303; i++) {
            assertThat(i).as("redirects: %s", way).isLessThan(MOST_REDIRECTS);
            URI to = response.uri()
                    .resolve(response.headers().firstValue("Location").orElseThrow());
            response = send(request(place(to)).GET());
            way.add(place(to));
        }
        last = response;
        return this;
    }

    private static String place(URI uri) {
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    /** The hidden fields of the form that goes to this path. */
    public Map<String, String> hidden(String action) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher forms = FORM.matcher(body());
        while (forms.find()) {
            String form = forms.group();
            if (form.contains("action=\"" + action + "\"")) {
                Matcher hidden = HIDDEN.matcher(form);
                while (hidden.find()) {
                    values.put(unescape(hidden.group(1)), unescape(hidden.group(2)));
                }
                return values;
            }
        }
        throw new AssertionError("no form to " + action + " on " + place() + ":\n" + body());
    }

    /** Where the browser is now, with the query. */
    public String place() {
        return place(last.uri());
    }

    /** The places it went through since the last click, the present one last. */
    public List<String> way() {
        return List.copyOf(way);
    }

    public int status() {
        return last.statusCode();
    }

    public String body() {
        return last.body();
    }

    /** What a person reads: the page without its tags. */
    public String text() {
        return unescape(body().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " "));
    }

    public String header(String name) {
        return last.headers().firstValue(name).orElse("");
    }

    /** Follows the link of the only error that the page tells, to the field, which nothing hides; gives the field's id. */
    public String fieldOfTheError() {
        String id = find("<div class=\"note error\" role=\"alert\">.*?<li><a href=\"#([^\"]+)\">");
        int at = body().indexOf("id=\"" + id + "\"");
        assertThat(at).as("the element #%s on %s:\n%s", id, place(), body()).isNotNegative();
        int opened = body().lastIndexOf("<details", at);
        if (opened > body().lastIndexOf("</details>", at)) {
            assertThat(body().substring(opened, body().indexOf('>', opened))).contains(" open");
        }
        return id;
    }

    /** The first group of the pattern in the page. */
    public String find(String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(body());
        assertThat(matcher.find()).as("%s on %s:\n%s", pattern, place(), body()).isTrue();
        return unescape(matcher.group(1));
    }

    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private static String encode(Map<String, String> values) {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, value) -> pairs.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return String.join("&", pairs);
    }

    private static String unescape(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
