package dev.gatehouse.servlet;

import dev.gatehouse.policy.rule.Action;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The routes of PyPI: simple and JSON API, downloads, uploads, pages of accounts and of managing, trusted publishing, leaked tokens.
 *
 * <p>{@link #standard} has them all at PyPI's own places; {@link #builder} moves them, leaves groups out and adds a host's own. What a
 * host does not serve may stay listed: it is the host's 404 then. Immutable and thread-safe.
 *
 * <p>The steps of a login are each {@code sign-in.start}: nobody is proven there, and who lets a login complete asks about {@code
 * sign-in.complete} with the account and the proofs. Setting a new password is {@code sign-in.recover}, completed by the host for the account
 * that the link names.
 *
 * <p>Public reads have no credential at all, and rules on {@code read.public} see no project unless {@link
 * Builder#projectsOnReads} says so. Forms that mean one of several things are open decisions; the page that shows such a form is
 * a preview of it.
 */
public final class PypiLayout implements IndexLayout {
    /** Where leaked tokens are reported; not to be moved, for the origins have it. */
    static final String DISCLOSURE = "/_/secrets/disclose-token";

    /** Where GitHub reported them at first. */
    static final String OLD_DISCLOSURE = "/_/github/disclose-token";

    private final IndexLayout routes;

    private PypiLayout(IndexLayout routes) {
        this.routes = routes;
    }

    /** Every group at PyPI's own places. */
    public static PypiLayout standard() {
        return builder().build();
    }

    /** A builder that begins with every group at PyPI's own places. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Route route(String method, String path) {
        return routes.route(method, path);
    }

    @Override
    public boolean lists(String path) {
        return routes.lists(path);
    }

    @Override
    public boolean allowsMethodOverride(String path) {
        return routes.allowsMethodOverride(path);
    }

    /** Builds a {@link PypiLayout}; not thread-safe, may be reused. */
    public static final class Builder {
        private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)*");

        private String simple = "/simple";
        private String files = "/packages";
        private String json = "/pypi";
        private String upload = "/legacy";
        private String account = "/account";
        private String manage = "/manage";
        private String oidc = "/_/oidc";
        private boolean csrfTokens;
        private boolean projectsOnReads;
        private Function<LayoutBuilder, LayoutBuilder> own = Function.identity();

        private Builder() {}

        /** Where the simple API is; {@code /simple} by default. */
        public Builder simple(String prefix) {
            this.simple = prefix(prefix);
            return this;
        }

        /** Where files are downloaded; {@code /packages} by default. */
        public Builder files(String prefix) {
            this.files = prefix(prefix);
            return this;
        }

        /** Where the JSON API is; {@code /pypi} by default. */
        public Builder json(String prefix) {
            this.json = prefix(prefix);
            return this;
        }

        /** Where files are uploaded; {@code /legacy} by default. */
        public Builder upload(String prefix) {
            this.upload = prefix(prefix);
            return this;
        }

        /** Where people register and log in; {@code /account} by default. */
        public Builder account(String prefix) {
            this.account = prefix(prefix);
            return this;
        }

        /** Where people manage accounts and projects; {@code /manage} by default. */
        public Builder manage(String prefix) {
            this.manage = prefix(prefix);
            return this;
        }

        /** Where identity tokens are exchanged; {@code /_/oidc} by default. */
        public Builder oidc(String prefix) {
            this.oidc = prefix(prefix);
            return this;
        }

        /** Every form of the host carries a CSRF token that the host checks; else only JSON requests may change anything. */
        public Builder csrfTokensCheckedByHost() {
            this.csrfTokens = true;
            return this;
        }

        /** Public reads name their project, for policies whose rules on reading ask for its facts. */
        public Builder projectsOnReads() {
            this.projectsOnReads = true;
            return this;
        }

        /** Also these routes; they replace the layout's own for the same method and template. */
        public Builder routes(Function<LayoutBuilder, LayoutBuilder> more) {
            this.own = Objects.requireNonNull(more, "more");
            return this;
        }

        private static String prefix(String prefix) {
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException("prefix: '" + prefix + "' is not such as /simple, or empty");
            }
            return prefix;
        }

        public PypiLayout build() {
            LayoutBuilder routes = new LayoutBuilder();
            reads(routes);
            programs(routes);
            signIn(routes);
            accountPages(routes);
            projectPages(routes);
            organizationPages(routes);
            return new PypiLayout(own.apply(routes).build());
        }

        private void reads(LayoutBuilder routes) {
            Route read = Route.publicRead();
            String project = projectsOnReads ? "{project}" : "{name}";
            routes.get(simple + "/", read)
                    .get(simple + "/" + project + "/", read)
                    .get(simple + "/" + project, read)
                    .get(files + "/**", read)
                    .get(json + "/" + project + "/json", read)
                    .get(json + "/" + project + "/{version}/json", read)
                    .get("/static/**", read)
                    .get("/rss/**", read)
                    .get("/robots.txt", read)
                    .get("/favicon.ico", read)
                    .get("/_health/", read);
            Route page = Route.browser(Action.READ_PUBLIC);
            routes.get("/", page)
                    .get("/search/", page)
                    .get("/help/", page)
                    .get("/project/" + project + "/", page)
                    .get("/project/" + project + "/{version}/", page)
                    .get("/user/{user}/", page)
                    .get("/org/{organization}/", page);
        }

        private void programs(LayoutBuilder routes) {
            Route upload = Route.api(Action.PUBLISH_RELEASE).open(Action.PUBLISH_PROJECT, Action.PUBLISH_FILE);
            routes.post(this.upload + "/", upload)
                    .post(this.upload, upload)
                    .get("/danger-api/echo", Route.api(Action.READ_PRIVATE))
                    .get(oidc + "/audience", Route.publicRead())
                    .post(oidc + "/mint-token", Route.exchange(Action.PUBLISH_EXCHANGE))
                    .post(oidc + "/github/mint-token", Route.exchange(Action.PUBLISH_EXCHANGE))
                    // Nobody has an account here: a report proves itself by its signature.
                    .post(DISCLOSURE, Route.publicRead())
                    .post(OLD_DISCLOSURE, Route.publicRead());
        }

        private Route form(Action action) {
            return csrfTokens ? Route.browser(action).csrfTokenCheckedByHost() : Route.browser(action);
        }

        private void signIn(LayoutBuilder routes) {
            page(routes, account + "/login/", Action.SIGN_IN_START);
            page(routes, account + "/two-factor/", Action.SIGN_IN_START);
            page(routes, account + "/recovery-code/", Action.SIGN_IN_START);
            page(routes, account + "/confirm-login/", Action.SIGN_IN_START);
            page(routes, account + "/reauthenticate/", Action.SIGN_IN_START);
            page(routes, account + "/logout/", Action.SIGN_IN_OUT);
            page(routes, account + "/register/", Action.SIGN_IN_REGISTER);
            page(routes, account + "/request-password-reset/", Action.SIGN_IN_START);
            routes.get(
                            account + "/reset-password/",
                            Route.browser(Action.SIGN_IN_RECOVER).preview())
                    .post(
                            account + "/reset-password/",
                            form(Action.SIGN_IN_RECOVER).open());
            page(routes, account + "/verify-email/", Action.ACCOUNT_VERIFY_EMAIL);
            page(routes, account + "/verify-project-role/", Action.MEMBER_ACCEPT);
            page(routes, account + "/verify-organization-role/", Action.MEMBER_ACCEPT);
            routes.get(account + "/webauthn-authenticate/options", Route.browser(Action.SIGN_IN_START))
                    .post(account + "/webauthn-authenticate/validate", form(Action.SIGN_IN_START))
                    .post(account + "/totp-authenticate/validate", Route.browser(Action.SIGN_IN_START))
                    .post(account + "/recovery-code/validate", Route.browser(Action.SIGN_IN_START))
                    .get(account + "/reauthenticate/options", Route.browser(Action.SIGN_IN_START))
                    .post(account + "/reauthenticate/validate", Route.browser(Action.SIGN_IN_START))
                    .get(account + "/passkey/options", Route.browser(Action.SIGN_IN_START))
                    .post(account + "/passkey/validate", Route.browser(Action.SIGN_IN_START));
        }

        private void accountPages(LayoutBuilder routes) {
            String own = manage + "/account";
            routes.get(own + "/", Route.browser(Action.ACCOUNT_VIEW))
                    .post(
                            own + "/",
                            form(Action.ACCOUNT_PROFILE)
                                    .open(
                                            Action.ACCOUNT_EMAIL,
                                            Action.ACCOUNT_PRIMARY_EMAIL,
                                            Action.ACCOUNT_PASSWORD,
                                            Action.ACCOUNT_DELETE))
                    .get(own + "/two-factor/", Route.browser(Action.FACTOR_VIEW))
                    .get(own + "/totp-provision", enrolling())
                    .get(own + "/totp-provision/image", enrolling())
                    .post(own + "/totp-provision", form(Action.FACTOR_ENROL).open(Action.FACTOR_REMOVE))
                    .get(own + "/totp-provision/options", enrolling())
                    .post(
                            own + "/totp-provision/validate",
                            Route.browser(Action.FACTOR_ENROL).open(Action.FACTOR_REMOVE))
                    .get(own + "/webauthn-provision", enrolling())
                    .get(own + "/webauthn-provision/options", enrolling())
                    .post(
                            own + "/webauthn-provision/validate",
                            form(Action.FACTOR_ENROL).open())
                    .post(
                            own + "/webauthn-provision/delete",
                            form(Action.FACTOR_REMOVE).open())
                    .get(own + "/factors", Route.browser(Action.FACTOR_VIEW))
                    .post(
                            own + "/factors/delete",
                            Route.browser(Action.FACTOR_REMOVE).open())
                    .get(own + "/recovery-codes/status", Route.browser(Action.FACTOR_VIEW))
                    .post(
                            own + "/recovery-codes/create",
                            Route.browser(Action.FACTOR_RECOVERY_CODES).open())
                    .get(own + "/token/", Route.browser(Action.TOKEN_CREATE).preview())
                    .post(own + "/token/", form(Action.TOKEN_CREATE).open(Action.TOKEN_REVOKE))
                    .get(own + "/publishing/", Route.browser(Action.PUBLISHER_VIEW))
                    .post(own + "/publishing/", form(Action.PUBLISHER_ADD).open(Action.PUBLISHER_REMOVE));
            page(routes, own + "/recovery-codes/generate", Action.FACTOR_RECOVERY_CODES);
            page(routes, own + "/recovery-codes/regenerate", Action.FACTOR_RECOVERY_CODES);
            page(routes, own + "/recovery-codes/burn", Action.FACTOR_RECOVERY_CODES);
            page(routes, manage + "/unverified-account/", Action.ACCOUNT_VERIFY_EMAIL);
        }

        private static Route enrolling() {
            return Route.browser(Action.FACTOR_ENROL).preview();
        }

        private void projectPages(LayoutBuilder routes) {
            String one = manage + "/project/{project}";
            Route view = Route.browser(Action.PROJECT_VIEW);
            routes.get(manage + "/projects/", view)
                    .get(one + "/releases/", view)
                    .get(one + "/release/{version}/", view)
                    .post(
                            one + "/release/{version}/",
                            form(Action.RELEASE_DELETE).open(Action.RELEASE_YANK, Action.RELEASE_EDIT))
                    .get(one + "/history/", view)
                    .get(one + "/documentation/", view)
                    .get(one + "/settings/", view)
                    .post(one + "/settings/", form(Action.PROJECT_SETTINGS))
                    .post(one + "/archive/", form(Action.PROJECT_SETTINGS))
                    .post(one + "/unarchive/", form(Action.PROJECT_SETTINGS))
                    .post(one + "/transfer_project/", form(Action.PROJECT_TRANSFER))
                    .post(one + "/delete_project/", form(Action.PROJECT_DELETE))
                    .get(one + "/collaboration/", view)
                    .post(one + "/collaboration/", form(Action.MEMBER_ADD))
                    .post(one + "/collaboration/change/", form(Action.MEMBER_ROLE))
                    .post(one + "/collaboration/delete/", form(Action.MEMBER_REMOVE))
                    .get(one + "/settings/publishing/", Route.browser(Action.PUBLISHER_VIEW))
                    .post(
                            one + "/settings/publishing/",
                            form(Action.PUBLISHER_ADD).open(Action.PUBLISHER_REMOVE));
        }

        private void organizationPages(LayoutBuilder routes) {
            String one = manage + "/organization/{organization}";
            Route view = Route.browser(Action.ORGANIZATION_VIEW);
            routes.get(manage + "/organizations/", view)
                    .post(manage + "/organizations/", form(Action.ORGANIZATION_CREATE))
                    .get(one + "/projects/", view)
                    .post(one + "/projects/", form(Action.ORGANIZATION_SETTINGS))
                    .get(one + "/people/", view)
                    .post(one + "/people/", form(Action.ORGANIZATION_MEMBERS))
                    .get(one + "/teams/", view)
                    .post(one + "/teams/", form(Action.ORGANIZATION_MEMBERS))
                    .get(one + "/settings/", view)
                    .post(one + "/settings/", form(Action.ORGANIZATION_SETTINGS))
                    .post(one + "/delete_organization/", form(Action.ORGANIZATION_DELETE))
                    .get("/admin/**", Route.browser(Action.ADMIN_VIEW))
                    .post("/admin/**", form(Action.ADMIN_CHANGE));
        }

        private void page(LayoutBuilder routes, String template, Action action) {
            routes.get(template, Route.browser(action)).post(template, form(action));
        }
    }
}
