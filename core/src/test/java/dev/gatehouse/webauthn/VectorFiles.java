package dev.gatehouse.webauthn;

import dev.gatehouse.internal.Base64Url;
import dev.gatehouse.vectors.VectorRows;
import dev.gatehouse.webauthn.VectorRow.Response;
import dev.gatehouse.webauthn.VectorRow.Site;
import dev.gatehouse.webauthn.VectorRow.Stored;
import dev.gatehouse.webauthn.VectorRow.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads every row of the shared WebAuthn vectors; where they are missing the test reports itself skipped. */
final class VectorFiles {
    private static final String USER = "dXNlci0x";
    private static final List<Integer> ALL =
            List.of(CoseAlgorithm.values()).stream().map(CoseAlgorithm::id).toList();

    private VectorFiles() {}

    static JsonNode file(String folder, String name) {
        return VectorRows.read(folder + "/" + name);
    }

    static List<VectorRow> all() {
        List<VectorRow> rows = new ArrayList<>();
        rows.addAll(w3c());
        rows.addAll(yubico());
        rows.addAll(pyWebauthn());
        rows.addAll(own());
        return rows;
    }

    static List<VectorRow> w3c() {
        JsonNode file = file("w3c-webauthn-l3", "webauthn-l3-test-vectors.json");
        Site site = new Site("example.org", Set.of("https://example.org"), Set.of("https://example.com"), false, ALL);
        List<VectorRow> rows = new ArrayList<>();
        for (JsonNode vector : file.path("vectors")) {
            String name = "w3c " + vector.path("id").asString();
            JsonNode registration = vector.path("registration");
            JsonNode authentication = vector.path("authentication");
            String id = fromHex(registration, "credential_id");
            rows.add(new VectorRow(
                    name + " registration",
                    Verdict.ACCEPT,
                    site,
                    fromHex(registration, "challenge"),
                    null,
                    response(id, hexMembers(registration, "clientDataJSON", "attestationObject"))));
            rows.add(new VectorRow(
                    name + " assertion",
                    Verdict.ACCEPT,
                    site,
                    fromHex(authentication, "challenge"),
                    stored(id, fromHex(registration, "attestationObject")),
                    response(id, hexMembers(authentication, "clientDataJSON", "authenticatorData", "signature"))));
        }
        return rows;
    }

    static List<VectorRow> yubico() {
        JsonNode file = file("yubico-java-webauthn-server", "real-examples.json");
        List<VectorRow> rows = new ArrayList<>();
        for (JsonNode vector : file.path("vectors")) {
            JsonNode registration = vector.path("registration");
            JsonNode authentication = vector.path("authentication");
            JsonNode created = clientData(registration);
            String rpId = vector.path("rpId").isString() ? vector.path("rpId").asString() : "localhost";
            Site site = new Site(rpId, Set.of(created.path("origin").asString()), Set.of(), false, ALL);
            String object = registration.path("attestationObject").asString();
            String id = attested(object) == null
                    ? ""
                    : Base64Url.encode(attested(object).credentialId());
            String name = "yubico " + vector.path("name").asString();
            rows.add(new VectorRow(
                    name + " registration",
                    Verdict.ACCEPT,
                    site,
                    created.path("challenge").asString(),
                    null,
                    response(id, Map.of("clientDataJSON", utf8(registration), "attestationObject", object))));
            if (authentication.isObject()) {
                rows.add(new VectorRow(
                        name + " assertion",
                        Verdict.ACCEPT,
                        site,
                        clientData(authentication).path("challenge").asString(),
                        stored(id, object),
                        response(
                                authentication.path("id").asString(),
                                Map.of(
                                        "clientDataJSON", utf8(authentication),
                                        "authenticatorData",
                                                authentication
                                                        .path("authenticatorData")
                                                        .asString(),
                                        "signature",
                                                authentication.path("signature").asString()))));
            }
        }
        return rows;
    }

    static List<VectorRow> pyWebauthn() {
        List<VectorRow> rows = new ArrayList<>();
        for (JsonNode vector : file("py_webauthn", "py_webauthn-responses.json").path("vectors")) {
            JsonNode credential = vector.path("credential");
            String rpId = vector.path("expected_rp_id").asString();
            Set<String> origins = new java.util.TreeSet<>();
            JsonNode expected = vector.path("expected_origin");
            (expected.isArray() ? expected : List.of(expected)).forEach(origin -> origins.add(origin.asString()));
            // Upstream lists a second, unrelated origin; ours must be of the site.
            origins.removeIf(origin -> !origin.contains(rpId));
            boolean registration = vector.path("kind").asString().equals("registration");
            Site site = new Site(
                    rpId,
                    origins,
                    Set.of(),
                    vector.path("require_user_verification").asBoolean(false),
                    ALL);
            Map<String, String> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member :
                    credential.path("response").properties()) {
                if (member.getValue().isString()) {
                    members.put(member.getKey(), canonical(member.getValue().asString()));
                }
            }
            List<String> transports = new ArrayList<>();
            credential.path("transports").forEach(word -> transports.add(word.asString()));
            AuthenticatorBytes data = registration
                    ? null
                    : AuthenticatorBytes.read(Base64Url.decode(members.get("authenticatorData"), 0));
            rows.add(new VectorRow(
                    "py_webauthn " + rows.size() + " "
                            + vector.path("test").asString().replaceAll(".*::test_", ""),
                    vector.path("upstreamExpected").asString().equals("accepted") ? Verdict.ACCEPT : Verdict.REFUSE,
                    site,
                    vector.path("expected_challenge").asString(),
                    data == null
                            ? null
                            : new Stored(
                                    credential.path("id").asString(),
                                    vector.path("credential_public_key").asString(),
                                    members.getOrDefault("userHandle", USER),
                                    vector.path("credential_current_sign_count").asLong(),
                                    data.isBackupEligible(),
                                    data.isBackedUp()),
                    new Response(credential.path("id").asString(), null, members, transports, Map.of())));
        }
        return rows;
    }

    static List<VectorRow> own() {
        JsonNode file = file("webauthn-own", "webauthn-policy-cases.json");
        List<VectorRow> rows = new ArrayList<>();
        for (String kind : List.of("assertions", "registrations")) {
            for (JsonNode vector : file.path(kind)) {
                rows.add(own(file, kind.equals("registrations"), vector));
            }
        }
        return rows;
    }

    private static VectorRow own(JsonNode file, boolean registration, JsonNode vector) {
        JsonNode rp = vector.path("rp");
        Set<String> origins = new java.util.TreeSet<>();
        rp.path("origins").forEach(origin -> origins.add(origin.asString()));
        List<Integer> algorithms = new ArrayList<>();
        rp.path("allowedAlgs").forEach(id -> algorithms.add(id.asInt()));
        Map<String, String> members = new LinkedHashMap<>();
        Map<String, Object> extra = new HashMap<>();
        List<String> transports = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : vector.path("response").properties()) {
            switch (member.getKey()) {
                case "id", "rawId" -> {}
                case "transports" -> member.getValue().forEach(word -> transports.add(word.asString()));
                case "clientDataJSON", "attestationObject", "signature", "userHandle" ->
                    members.put(member.getKey(), member.getValue().asString(null));
                case "authenticatorData" -> {
                    if (registration) {
                        extra.put("authenticatorData", member.getValue().asString());
                    } else {
                        members.put("authenticatorData", member.getValue().asString());
                    }
                }
                default -> extra.put(member.getKey(), new ObjectMapper().convertValue(member.getValue(), Object.class));
            }
        }
        JsonNode stored = vector.path("storedCredential");
        String expect = vector.path("expect").asString();
        JsonNode rawId = vector.path("response").path("rawId");
        return new VectorRow(
                "own " + (registration ? "registration " : "assertion ")
                        + vector.path("name").asString(),
                expect.startsWith("policy") || expect.contains(" or ")
                        ? Verdict.POLICY
                        : expect.startsWith("accept") ? Verdict.ACCEPT : Verdict.REFUSE,
                new Site(
                        rp.path("id").asString(),
                        origins,
                        Set.of(),
                        rp.path("requireUserVerification").asBoolean(false),
                        registration ? algorithms : ALL),
                rp.path("challenge").asString(),
                registration
                        ? null
                        : new Stored(
                                file.path("credentialId").asString(),
                                file.path("credentialPublicKeyCoseB64u").asString(),
                                stored.path("userHandle").asString(),
                                stored.path("signCount").asLong(),
                                stored.path("backupEligible").asBoolean(),
                                stored.path("backupState").asBoolean()),
                new Response(
                        vector.path("response").path("id").asString(),
                        rawId.isString() ? rawId.asString() : null,
                        members,
                        transports,
                        extra));
    }

    private static Response response(String id, Map<String, String> members) {
        return new Response(id, null, members, List.of(), Map.of());
    }

    /** The credential that a registration made, as it was stored. */
    private static Stored stored(String id, String attestationObject) {
        AuthenticatorBytes data = attested(attestationObject);
        return new Stored(
                id,
                Base64Url.encode(data.publicKey()),
                USER,
                data.signCount(),
                data.isBackupEligible(),
                data.isBackedUp());
    }

    private static @Nullable AuthenticatorBytes attested(String attestationObject) {
        AttestationParts parts = AttestationParts.read(Base64Url.decode(attestationObject, 0));
        return parts == null ? null : AuthenticatorBytes.read(parts.data());
    }

    private static Map<String, String> hexMembers(JsonNode from, String... names) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String name : names) {
            members.put(name, fromHex(from, name));
        }
        return members;
    }

    private static String fromHex(JsonNode from, String name) {
        return Base64Url.encode(HexFormat.of().parseHex(from.path(name).asString()));
    }

    private static String utf8(JsonNode from) {
        return Base64Url.encode(from.path("clientDataJSON_utf8").asString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode clientData(JsonNode from) {
        return new ObjectMapper().readTree(from.path("clientDataJSON_utf8").asString());
    }

    /** Some rows of py_webauthn are in the standard alphabet with padding, which no browser writes and ours refuses. */
    private static String canonical(String base64) {
        String url = base64.replace('+', '-').replace('/', '_').replace("=", "");
        return Base64Url.encode(Base64.getUrlDecoder().decode(url));
    }
}
