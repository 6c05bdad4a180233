package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.policy.Lifetime;
import dev.gatehouse.policy.NewToken;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Reach;
import dev.gatehouse.servlet.Completion;
import dev.gatehouse.servlet.OpenDecision;
import dev.gatehouse.servlet.OpenTarget;
import dev.gatehouse.token.ApiToken;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.MintRequest;
import dev.gatehouse.token.Minting;
import dev.gatehouse.token.OwnerState;
import dev.gatehouse.token.Requester;
import dev.gatehouse.token.TokenOwner;
import dev.gatehouse.token.TokenProject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Making, listing and revoking API tokens. */
final class TokenPages {
    private static final String ACCOUNT_SCOPE = "account";
    private static final String PROJECT_SCOPE = "project:";
    private static final int LONGEST_DAYS = 3_650;

    private final ApiTokens tokens;
    private final Catalogue catalogue;
    private final Factors factors;
    private final Guesses guesses;

    TokenPages(ApiTokens tokens, Catalogue catalogue, Factors factors, Guesses guesses) {
        this.tokens = tokens;
        this.catalogue = catalogue;
        this.factors = factors;
        this.guesses = guesses;
    }

    Reply overview(Visit visit) {
        return overview(visit, Form.empty());
    }

    private Reply overview(Visit visit, Form form) {
        Account account = visit.owner();
        return Reply.page("tokens.jte", "API tokens")
                .with("form", form)
                .with("tokens", tokens.list(TokenOwner.account(account.id())))
                .with("projects", catalogue.projectsOf(account.id()))
                .with("state", tokens.ownerState(TokenOwner.account(account.id())))
                .with("now", visit.now())
                .status(form.hasErrors() ? 422 : 200);
    }

    Reply create(Visit visit) throws IOException {
        Account account = visit.owner();
        TokenOwner owner = TokenOwner.account(account.id());
        OwnerState before = tokens.ownerState(owner);
        String name = visit.field("name");
        String scope = visit.field("scope");
        String days = visit.field("days");
        Form form = new Form().value("name", name).value("scope", scope).value("days", days);
        Optional<Project> project = scope.startsWith(PROJECT_SCOPE) ? project(account, scope) : Optional.empty();
        if (name.isEmpty()) {
            form.error("name", "Specify a token name.");
        } else if (name.indexOf('\0') >= 0) {
            form.error("name", "A token name has no NUL character.");
        } else if (name.length() > ApiToken.MAX_NAME) {
            form.error("name", "Description must be 100 characters or less.");
        }
        if (!scope.equals(ACCOUNT_SCOPE) && project.isEmpty()) {
            form.error("scope", "Specify the token scope.");
        }
        if (!days.isEmpty() && (!days.matches("[0-9]{1,4}") || number(days) < 1 || number(days) > LONGEST_DAYS)) {
            form.error("days", "Give a number of days from 1 to 3650, or nothing for a token without an end.");
        }
        if (form.hasErrors()) {
            return overview(visit, form);
        }
        Optional<Duration> lifetime = days.isEmpty() ? Optional.empty() : Optional.of(Duration.ofDays(number(days)));
        OpenDecision open = OpenDecision.of(visit.request()).orElseThrow();
        Completion completion = open.complete(OpenTarget.of(Action.TOKEN_CREATE)
                .newToken(new NewToken(
                        Set.of(),
                        lifetime.map(Lifetime::of).orElseGet(Lifetime::endless),
                        project.isPresent() ? Reach.PROJECT : Reach.ACCOUNT)));
        if (completion instanceof Completion.Refused refused) {
            refused.answer(visit.response());
            return new Reply.Written();
        }
        MintRequest.Builder request =
                MintRequest.builder(owner, before.version(), requester(visit)).name(name);
        lifetime.ifPresent(request::lifetime);
        project.ifPresent(
                p -> request.projects(List.of(TokenProject.of(p.name()).withId(p.id()))));
        if (factors.hasAny(account.id())) {
            request.madeWithTwoFactor();
        }
        return tokens.mint(request.build())
                .fold(
                        minted -> Reply.page("token-new.jte", "Your new token")
                                .with("secret", minted.secret())
                                .with("name", name)
                                .with("project", project.map(Project::name).orElse(null)),
                        not -> overview(visit, form.error("name", obstacle(not.obstacle()))));
    }

    private static String obstacle(Minting.Obstacle obstacle) {
        return obstacle == Minting.Obstacle.NAME_TAKEN
                ? "API token name already in use."
                : "Your tokens are suspended, or your account has changed meanwhile. Try again.";
    }

    private Optional<Project> project(Account account, String scope) {
        String normalized = scope.substring(PROJECT_SCOPE.length());
        return catalogue.projectsOf(account.id()).stream()
                .filter(project -> project.normalized().equals(normalized))
                .findFirst();
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** The owner has looked at the tokens, as they were at this version, and wants them to work again. */
    Reply resume(Visit visit) {
        String version = visit.field("version");
        if (version.matches("[0-9]{1,18}")
                && tokens.resumeAll(TokenOwner.account(visit.owner().id()), Long.parseLong(version), requester(visit))
                        == ApiTokenRepository.Change.CHANGED) {
            visit.note(Note.Kind.SUCCESS, "Your API tokens work again.");
        } else {
            visit.note(Note.Kind.ERROR, "Your account has changed meanwhile. Look at your tokens again.");
        }
        return Reply.to(Site.TOKENS);
    }

    Reply revoke(Visit visit) {
        Account account = visit.owner();
        TokenOwner owner = TokenOwner.account(account.id());
        String id = visit.field("id");
        Optional<ApiToken> token =
                tokens.list(owner).stream().filter(each -> each.id().equals(id)).findFirst();
        if (token.isEmpty()) {
            return overview(visit, new Form().error("id", "API Token does not exist."));
        }
        Optional<Reply> wrong = guesses.wrongPasswordOf(visit, id, form -> overview(visit, form));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        tokens.revoke(id, owner, requester(visit));
        visit.note(Note.Kind.SUCCESS, "Deleted API token '" + token.get().name().orElse(id) + "'.");
        return Reply.to(Site.TOKENS);
    }

    private static Requester requester(Visit visit) {
        return new Requester(visit.owner().id(), visit.address());
    }
}
