package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs of builds, doing what the page about publishing says they do, without a browser. */
final class Runs {
    private final Index index;
    private final HttpClient client = HttpClient.newHttpClient();

    Runs(Index index) {
        this.index = index;
    }

    /** For whom identity tokens have to be, as the index says. */
    String audience() throws Exception {
        HttpResponse<String> answer = get("/_/oidc/audience");
        assertThat(answer.statusCode()).isEqualTo(200);
        return find("\"audience\": *\"([^\"]+)\"", answer.body());
    }

    /** The identity token of a run, with claims that are chosen, by name and value. */
    String identity(String service, String publisher, String... chosen) throws Exception {
        StringBuilder query = new StringBuilder("?publisher=" + publisher + "&audience=" + audience());
        for (int i = 0; i < chosen.length; i += 2) {
            query.append('&')
                    .append(chosen[i])
                    .append('=')
                    .append(URLEncoder.encode(chosen[i + 1], StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = get("/demo-issuer/" + service + "/token" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Exchanges an identity token. */
    HttpResponse<String> mint(String identity) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(index.address() + "/_/oidc/mint-token"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + identity + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The token that a run gets. */
    String token(String service, String publisher, String... chosen) throws Exception {
        return minted(mint(identity(service, publisher, chosen)));
    }

    /** The token in an answer. */
    static String minted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"success\"").contains("\"expires\"");
        return find("\"token\": *\"([^\"]+)\"", answer.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(index.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    /** The id of the publisher at the top of the page that the browser shows. */
    static String publisher(Browser browser) {
        return browser.find("publisher=([^&\"]+)&amp;audience");
    }
}
