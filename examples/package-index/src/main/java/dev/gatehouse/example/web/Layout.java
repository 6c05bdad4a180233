package dev.gatehouse.example.web;

import dev.gatehouse.example.publishing.DemoIssuer;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.servlet.Route;

/**
 * The paths of the index. Nothing else is reached: the filter refuses what is not listed here.
 *
 * <p>Forms that bring their own password (new recovery codes, the removal of an app) are listed as what their page is; the handler
 * asks the policy about the change itself, with the proof in hand.
 */
final class Layout {
    private static final Route PUBLIC = Route.browser(Action.READ_PUBLIC);
    private static final Route LOG_IN = Route.browser(Action.SIGN_IN_START);
    private static final Route FACTORS = Route.browser(Action.FACTOR_VIEW);
    private static final Route ENROL = Route.browser(Action.FACTOR_ENROL);
    private static final String PROJECT = "/manage/project/{project}/";

    private Layout() {}

    /** The handlers of one kind of pages each. */
    record Handlers(
            IndexPages index,
            UploadPage upload,
            LoginPages login,
            SecondFactorPages secondFactor,
            EmailPages email,
            ResetPages reset,
            AccountPages account,
            FactorPages factor,
            AppPages app,
            KeyPages key,
            DevicePages devices,
            RecoveryPages recovery,
            TokenPages tokens,
            ProjectPages projects,
            PublishingPages publishing,
            PendingPages pending,
            AdminPages admin) {}

    static void open(Routes routes, Handlers all) {
        routes.get("/", PUBLIC, all.index()::home)
                .get("/project/{project}/", PUBLIC.projectAt(1), all.index()::project)
                .get("/static/{asset}", Route.publicRead(), all.index()::asset)
                .get("/simple/", Route.publicRead(), all.index()::simpleIndex)
                .get("/simple/{project}/", Route.publicRead(), all.index()::simpleProject)
                .get("/files/{prefix}/{sha256}/{filename}", Route.publicRead(), all.index()::file)
                .api(
                        Site.UPLOAD,
                        Route.api(Action.PUBLISH_FILE).open(Action.PUBLISH_RELEASE, Action.PUBLISH_PROJECT),
                        all.upload()::upload);
        signIn(routes, all);
        account(routes, all);
        projects(routes, all);
        admin(routes, all);
    }

    private static void admin(Routes routes, Handlers all) {
        routes.get(Site.ADMIN, Route.browser(Action.ADMIN_VIEW), all.admin()::overview)
                .post(Site.ADMIN + "switch/", Route.browser(Action.ADMIN_SWITCH), all.admin()::turn)
                .post(Site.ADMIN + "waiver/", Route.browser(Action.ADMIN_WAIVE), all.admin()::giveWaiver)
                .post(Site.ADMIN + "waiver/end/", Route.browser(Action.ADMIN_WAIVE), all.admin()::endWaiver);
    }

    private static void signIn(Routes routes, Handlers all) {
        Route register = Route.browser(Action.SIGN_IN_REGISTER);
        Route recover = Route.browser(Action.SIGN_IN_RECOVER);
        Route verify = Route.browser(Action.ACCOUNT_VERIFY_EMAIL);
        routes.get(Site.REGISTER, register, all.email()::registerForm)
                .post(Site.REGISTER, register, all.email()::register)
                .get(Site.LOGIN, LOG_IN, all.login()::form)
                .post(Site.LOGIN, LOG_IN, all.login()::logIn)
                .get(Site.SECOND_FACTOR, LOG_IN, all.secondFactor()::form)
                .post(Site.SECOND_FACTOR, LOG_IN, all.secondFactor()::withCode)
                .post(Site.SECOND_FACTOR + "key/", LOG_IN, all.secondFactor()::withKey)
                .get(Site.PASSKEY, LOG_IN, all.secondFactor()::passkeyForm)
                .post(Site.PASSKEY, LOG_IN, all.secondFactor()::withPasskey)
                .post(Site.SECOND_FACTOR + "recovery-code/", LOG_IN, all.secondFactor()::withRecoveryCode)
                .get(Site.SECOND_FACTOR + "confirm/", LOG_IN, all.secondFactor()::confirmForm)
                .post(Site.SECOND_FACTOR + "confirm/", LOG_IN, all.secondFactor()::confirm)
                .get(Site.REAUTHENTICATE, LOG_IN, all.login()::againForm)
                .post(Site.REAUTHENTICATE, LOG_IN, all.login()::again)
                .post(Site.LOGOUT, Route.browser(Action.SIGN_IN_OUT), all.login()::logOut)
                .get(Site.RESET, LOG_IN, all.reset()::askForm)
                .post(Site.RESET, LOG_IN, all.reset()::ask)
                .get(Site.RESET + "confirm/", recover.preview(), all.reset()::form)
                .post(Site.RESET + "confirm/", recover.open(), all.reset()::set)
                .get(Site.VERIFY, verify, all.email()::waiting)
                .post(Site.VERIFY, verify, all.email()::sendAgain)
                .get(Site.VERIFY + "confirm/", verify, all.email()::confirmForm)
                .post(Site.VERIFY + "confirm/", verify, all.email()::confirm);
    }

    private static void account(Routes routes, Handlers all) {
        Route tokens = Route.browser(Action.TOKEN_VIEW);
        routes.get(Site.ACCOUNT, Route.browser(Action.ACCOUNT_VIEW), all.account()::overview)
                .post(Site.ACCOUNT + "email/", Route.browser(Action.ACCOUNT_PRIMARY_EMAIL), all.account()::changeEmail)
                .post(Site.ACCOUNT + "password/", Route.browser(Action.ACCOUNT_PASSWORD), all.account()::changePassword)
                .get(Site.TWO_FACTOR, FACTORS, all.factor()::overview)
                .post(Site.TWO_FACTOR + "begin/", FACTORS, all.factor()::sendLink)
                .get(Site.TWO_FACTOR + "begin/", ENROL.preview(), all.factor()::beginForm)
                .get(Site.TWO_FACTOR + "totp/", ENROL.preview(), all.app()::form)
                .post(Site.TWO_FACTOR + "totp/", ENROL.open(), all.app()::setUp)
                .get(Site.TWO_FACTOR + "key/", ENROL.preview(), all.key()::form)
                .post(Site.TWO_FACTOR + "key/", ENROL.open(), all.key()::setUp)
                .get(Site.DEVICES, FACTORS, all.devices()::overview)
                .post(Site.DEVICES + "revoke/", FACTORS, all.devices()::revoke)
                .post(Site.DEVICES + "revoke-all/", FACTORS, all.devices()::revokeAll)
                .post(Site.DEVICES + "end-sessions/", FACTORS, all.devices()::endOthers)
                .post(Site.TWO_FACTOR + "remove/", FACTORS, all.factor()::remove)
                .get(Site.RECOVERY_CODES, FACTORS, all.recovery()::overview)
                .post(Site.RECOVERY_CODES, FACTORS, all.recovery()::generate)
                .get(Site.RECOVERY_CODES + "use/", FACTORS, all.recovery()::useForm)
                .post(Site.RECOVERY_CODES + "use/", FACTORS, all.recovery()::use)
                .get(Site.TOKENS, tokens, all.tokens()::overview)
                .post(Site.TOKENS, Route.browser(Action.TOKEN_CREATE).open(), all.tokens()::create)
                .post(Site.TOKENS + "resume/", Route.browser(Action.TOKEN_UPDATE), all.tokens()::resume)
                .post(Site.TOKENS + "revoke/", Route.browser(Action.TOKEN_REVOKE), all.tokens()::revoke);
    }

    private static void projects(Routes routes, Handlers all) {
        routes.get(Site.PROJECTS, Route.browser(Action.PROJECT_VIEW), all.projects()::list)
                .get(PROJECT, project(Action.PROJECT_VIEW), all.projects()::manage)
                .post(PROJECT + "settings/", project(Action.PROJECT_SETTINGS), all.projects()::settings)
                .post(PROJECT + "delete/", project(Action.PROJECT_DELETE), all.projects()::delete)
                .post(PROJECT + "release/delete/", project(Action.RELEASE_DELETE), all.projects()::deleteRelease)
                .post(PROJECT + "member/", project(Action.MEMBER_ADD), all.projects()::addMember)
                .post(PROJECT + "member/remove/", project(Action.MEMBER_REMOVE), all.projects()::removeMember);
        publishing(routes, all);
    }

    private static void publishing(Routes routes, Handlers all) {
        routes.get(PROJECT + "publishing/", project(Action.PUBLISHER_VIEW), all.publishing()::overview)
                .post(PROJECT + "publishing/", project(Action.PUBLISHER_ADD), all.publishing()::add)
                .post(PROJECT + "publishing/constrain/", project(Action.PUBLISHER_ADD), all.publishing()::constrain)
                .post(PROJECT + "publishing/remove/", project(Action.PUBLISHER_REMOVE), all.publishing()::remove)
                .get(Site.PUBLISHING, Route.browser(Action.PUBLISHER_VIEW), all.pending()::overview)
                .post(Site.PUBLISHING, Route.browser(Action.PUBLISHER_ADD).open(), all.pending()::add)
                .post(Site.PUBLISHING + "remove/", Route.browser(Action.PUBLISHER_REMOVE), all.pending()::remove);
    }

    /** What the library's endpoints for programs answer. */
    static void openToPrograms(Routes routes) {
        routes.served("GET", "/_/oidc/audience", Route.publicRead())
                .served("POST", "/_/oidc/mint-token", Route.exchange(Action.PUBLISH_EXCHANGE))
                .served("POST", "/_/oidc/github/mint-token", Route.exchange(Action.PUBLISH_EXCHANGE))
                .served("POST", "/_/secrets/disclose-token", Route.publicRead())
                .served("POST", "/_/github/disclose-token", Route.publicRead());
    }

    /** The demonstration, where there is one. */
    static void demonstrate(Routes routes, DemoPages demo) {
        String issuer = DemoIssuer.PATH + "{provider}/";
        routes.get(Site.DEMO, PUBLIC, demo::overview)
                .post(Site.DEMO + "rotate/", PUBLIC, demo::rotate)
                .post(Site.DEMO + "silence/", PUBLIC, demo::silence)
                .post(Site.DEMO + "leak/", PUBLIC, demo::leak)
                .get(issuer + ".well-known/openid-configuration", Route.publicRead(), demo::discovery)
                .get(issuer + "jwks", Route.publicRead(), demo::keys)
                .get(issuer + "token", Route.publicRead(), demo::token);
    }

    private static Route project(Action action) {
        return Route.browser(action).projectAt(2);
    }
}
