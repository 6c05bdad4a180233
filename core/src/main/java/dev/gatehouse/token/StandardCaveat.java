package dev.gatehouse.token;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The caveats that this library understands, with PyPI's tags and failure texts. */
sealed interface StandardCaveat extends Caveat {
    int EXPIRATION = 0;
    int PROJECT_NAME = 1;
    int PROJECT_ID = 2;
    int REQUEST_USER = 3;
    int OIDC_PUBLISHER = 4;
    int ADDRESS = 1000;
    int SINGLE_USE = 1001;
    int TWO_FACTOR = 1002;

    String OUTSIDE = "project-scoped token used outside of a project context";

    static Map<Integer, CaveatKind> kinds() {
        Map<Integer, CaveatKind> kinds = new TreeMap<>();
        add(kinds, EXPIRATION, "Expiration", f -> new Expiration(f.integer(0), f.integer(1)));
        add(kinds, PROJECT_NAME, "ProjectName", f -> new ProjectName(f.texts(0)));
        add(kinds, PROJECT_ID, "ProjectID", f -> new ProjectId(f.texts(0)));
        add(kinds, REQUEST_USER, "RequestUser", f -> new RequestUser(f.text(0)));
        add(kinds, OIDC_PUBLISHER, "OIDCPublisher", f -> {
            // Claims that PyPI once wrote behind the id.
            f.optionalObject(1);
            return new OidcPublisher(f.text(0));
        });
        add(kinds, ADDRESS, "Address", f -> new AddressRange(f.texts(0)));
        add(kinds, SINGLE_USE, "SingleUse", f -> new SingleUse(f.text(0), f.integer(1)));
        add(kinds, TWO_FACTOR, "MadeWithTwoFactor", f -> new MadeWithTwoFactor());
        return kinds;
    }

    private static void add(
            Map<Integer, CaveatKind> kinds, int tag, String name, Function<CaveatFields, Caveat> reader) {
        kinds.put(tag, new Kind(tag, name, reader));
    }

    record Kind(int tag, String name, Function<CaveatFields, Caveat> reader) implements CaveatKind {
        @Override
        public Caveat read(CaveatFields fields) {
            return reader.apply(fields);
        }
    }

    private static CaveatCheck holds(boolean holds, String text) {
        return holds ? CaveatCheck.met() : CaveatCheck.unmet(text);
    }

    private static CaveatCheck notFor(TokenProject project) {
        return CaveatCheck.unmet(
                "project-scoped token is not valid for project: '" + CaveatText.cut(project.name()) + "'");
    }

    private static CaveatCheck withoutProject(CaveatContext context, String text) {
        return context.isProjectOpen() ? CaveatCheck.needsProject() : CaveatCheck.unmet(text);
    }

    /** Valid from one second, exactly, until before another. */
    record Expiration(long expiresAt, long notBefore) implements StandardCaveat {
        @Override
        public String name() {
            return "Expiration";
        }

        @Override
        public String json() {
            return "[" + EXPIRATION + "," + expiresAt + "," + notBefore + "]";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            long now = context.now().getEpochSecond();
            return holds(notBefore <= now && now < expiresAt, "token is expired");
        }
    }

    /** Valid for projects of these names, however they are spelled. */
    record ProjectName(List<String> names) implements StandardCaveat {
        public ProjectName {
            names = List.copyOf(names);
        }

        @Override
        public String name() {
            return "ProjectName";
        }

        @Override
        public String json() {
            return CaveatText.array(PROJECT_NAME, names);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            TokenProject project = context.project().orElse(null);
            if (project == null) {
                return withoutProject(context, OUTSIDE);
            }
            for (String name : names) {
                if (context.normalized(name).equals(context.normalizedProject())) {
                    return CaveatCheck.met();
                }
            }
            return notFor(project);
        }
    }

    /** Valid for the projects with these ids. */
    record ProjectId(List<String> ids) implements StandardCaveat {
        public ProjectId {
            ids = List.copyOf(ids);
        }

        @Override
        public String name() {
            return "ProjectID";
        }

        @Override
        public String json() {
            return CaveatText.array(PROJECT_ID, ids);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            TokenProject project = context.project().orElse(null);
            if (project == null) {
                return withoutProject(context, OUTSIDE);
            }
            String id = project.id().orElse(null);
            return id != null && ids.contains(id) ? CaveatCheck.met() : notFor(project);
        }
    }

    /** Valid if the token is this account's. */
    record RequestUser(String userId) implements StandardCaveat {
        @Override
        public String name() {
            return "RequestUser";
        }

        @Override
        public String json() {
            return CaveatText.array(REQUEST_USER, userId);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return context.token().owner() instanceof TokenOwner.Account account
                    ? holds(account.id().equals(userId), "current user does not match user restriction in token")
                    : CaveatCheck.unmet(AnyUser.WITHOUT_USER);
        }
    }

    /** Valid if the token is an account's: PyPI's older form of {@link RequestUser}, which named nobody. */
    record AnyUser() implements StandardCaveat {
        static final String WITHOUT_USER = "token with user restriction without a user";

        @Override
        public String name() {
            return "RequestUser";
        }

        @Override
        public String json() {
            return "{\"version\":1,\"permissions\":\"user\"}";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return holds(context.token().owner() instanceof TokenOwner.Account, WITHOUT_USER);
        }
    }

    /** Valid if the token is this publisher's, for projects that are linked to it now. */
    record OidcPublisher(String publisherId) implements StandardCaveat {
        @Override
        public String name() {
            return "OIDCPublisher";
        }

        @Override
        public String json() {
            return CaveatText.array(OIDC_PUBLISHER, publisherId);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            if (!(context.token().owner() instanceof TokenOwner.Publisher publisher)) {
                return CaveatCheck.unmet("OIDC scoped token used outside of an OIDC identified request");
            }
            if (!publisher.id().equals(publisherId)) {
                return CaveatCheck.unmet("current OIDC publisher does not match publisher restriction in token");
            }
            TokenProject project = context.project().orElse(null);
            if (project == null) {
                return withoutProject(context, "OIDC scoped token used outside of a project context");
            }
            return holds(
                    project.publishers().contains(publisherId),
                    "OIDC scoped token is not valid for project '" + CaveatText.cut(project.name()) + "'");
        }
    }

    /** Valid from addresses within one of these ranges. */
    record AddressRange(List<String> ranges) implements StandardCaveat {
        /** Checks each range: what cannot be read must not be skipped. */
        public AddressRange {
            ranges = List.copyOf(ranges);
            ranges.forEach(Cidr::parse);
        }

        @Override
        public String name() {
            return "Address";
        }

        @Override
        public String json() {
            return CaveatText.array(ADDRESS, ranges);
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            InetAddress address = context.request().address().orElse(null);
            return holds(
                    address != null
                            && ranges.stream()
                                    .anyMatch(range -> Cidr.parse(range).contains(address)),
                    "token is not valid from this address");
        }
    }

    /** Valid once, until before a second; the nonce is claimed with the use that the policy permits. */
    record SingleUse(String nonce, long expiresAt) implements StandardCaveat {
        /** Longest time ahead, for so long the claim has to be kept. */
        static final Duration MAX_AHEAD = Duration.ofDays(31);

        private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{8,64}");

        public SingleUse {
            if (!NONCE.matcher(Objects.requireNonNull(nonce, "nonce")).matches()) {
                throw new IllegalArgumentException("nonce: 8 to 64 letters, digits, '_' or '-'");
            }
        }

        @Override
        public String name() {
            return "SingleUse";
        }

        @Override
        public String json() {
            return "[" + SINGLE_USE + ",\"" + nonce + "\"," + expiresAt + "]";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            long now = context.now().getEpochSecond();
            if (now >= expiresAt) {
                return CaveatCheck.unmet("token is expired");
            }
            return holds(expiresAt - now <= MAX_AHEAD.toSeconds(), "single-use token lasts too long");
        }
    }

    /** Valid if the token's owner had proven a second factor when it was made. */
    record MadeWithTwoFactor() implements StandardCaveat {
        @Override
        public String name() {
            return "MadeWithTwoFactor";
        }

        @Override
        public String json() {
            return "[" + TWO_FACTOR + "]";
        }

        @Override
        public CaveatCheck check(CaveatContext context) {
            return holds(context.token().madeWithTwoFactor(), "token was not made with two-factor authentication");
        }
    }
}
