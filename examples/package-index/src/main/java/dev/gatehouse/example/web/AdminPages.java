package dev.gatehouse.example.web;

import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.signin.Administered;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.PolicyAdministration;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Flipping the switches of the policy, and giving and ending waivers. */
final class AdminPages {
    private static final int LONGEST_REASON = 200;

    private final Accounts accounts;
    private final TwoFactorPolicy policy;
    private final PolicyAdministration administration;
    private final Asking asking;

    AdminPages(Accounts accounts, TwoFactorPolicy policy, PolicyAdministration administration, Asking asking) {
        this.accounts = accounts;
        this.policy = policy;
        this.administration = administration;
        this.asking = asking;
    }

    /** Whether somebody may see these pages at all; the answer to others does not say that there are such pages. */
    private static boolean isAdmin(Visit visit) {
        return visit.account().filter(Account::admin).isPresent();
    }

    Reply overview(Visit visit) {
        return isAdmin(visit) ? overview(Form.empty()) : SiteServlet.notFound();
    }

    private Reply overview(Form form) {
        List<WaiverLine> waivers = new ArrayList<>();
        for (GivenWaiver given : administration.live()) {
            Waiver waiver = given.waiver();
            waivers.add(new WaiverLine(
                    given.id(),
                    waiver.requirement(),
                    name(waiver.subjectId()),
                    waiver.until(),
                    waiver.reason(),
                    name(waiver.by())));
        }
        PolicyDefinition definition = policy.definition();
        return Reply.page("admin.jte", "Administration")
                .with("form", form)
                .with("policy", definition.name() + "/" + definition.revision())
                .with(
                        "requirements",
                        definition.requirements().stream().map(Requirement::id).toList())
                .with("switches", new TreeMap<>(policy.controls().switches()))
                .with("waivers", waivers)
                .status(form.hasErrors() ? 422 : 200);
    }

    private String name(String account) {
        return accounts.byId(account).map(Account::name).orElse(account);
    }

    Reply turn(Visit visit) {
        if (!isAdmin(visit)) {
            return SiteServlet.notFound();
        }
        String name = visit.field("name");
        boolean on = visit.field("to").equals("on");
        String reason = visit.field("reason");
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return overview(new Form().error("reason-" + name, "Say why, in at most 200 characters."));
        }
        Administered answer = administration.turn(
                asking.request(visit, Action.ADMIN_SWITCH),
                name,
                on ? SwitchRepository.State.ON : SwitchRepository.State.OFF,
                reason,
                visit.address());
        return told(visit, answer, "switches", new Form(), "The switch " + name + " is " + (on ? "on." : "off."));
    }

    Reply giveWaiver(Visit visit) {
        if (!isAdmin(visit)) {
            return SiteServlet.notFound();
        }
        String name = visit.field("username");
        String requirement = visit.field("requirement");
        String days = visit.field("days");
        String reason = visit.field("reason");
        Form form = new Form()
                .value("username", name)
                .value("requirement", requirement)
                .value("days", days)
                .value("reason", reason);
        Optional<Account> account = Accounts.isName(name) ? accounts.byName(name) : Optional.empty();
        if (account.isEmpty()) {
            form.error("username", "There is no account of this name.");
        }
        if (policy.definition().requirements().stream()
                .noneMatch(each -> each.id().equals(requirement))) {
            form.error("requirement", "Choose a requirement.");
        }
        if (!days.matches("[1-9][0-9]{0,2}")) {
            form.error("days", "Give a number of days.");
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            form.error("reason", "Say why, in at most 200 characters, none of them NUL.");
        }
        if (form.hasErrors()) {
            return overview(form);
        }
        WaiverTerms terms = new WaiverTerms(
                requirement,
                Waiver.Subject.ACCOUNT,
                account.orElseThrow().id(),
                visit.now().plus(Duration.ofDays(Integer.parseInt(days))),
                reason);
        Administered answer = administration.give(asking.request(visit, Action.ADMIN_WAIVE), terms, visit.address());
        return told(
                visit, answer, "waivers", form, name + " is released from " + requirement + " for " + days + " days.");
    }

    Reply endWaiver(Visit visit) {
        if (!isAdmin(visit)) {
            return SiteServlet.notFound();
        }
        Administered answer =
                administration.end(asking.request(visit, Action.ADMIN_WAIVE), visit.field("id"), visit.address());
        return told(visit, answer, "waivers", new Form(), "The waiver is over.");
    }

    private Reply told(Visit visit, Administered answer, String field, Form form, String done) {
        return answer.fold(
                changed -> {
                    visit.note(Note.Kind.SUCCESS, done);
                    return Reply.to(Site.ADMIN);
                },
                refused -> overview(
                        form.error(field, refused.decision().first().message().text())),
                impossible -> obstacle(form, field, impossible.why()));
    }

    private Reply obstacle(Form form, String field, Administered.Obstacle why) {
        return overview(
                switch (why) {
                    case OWN_ACCOUNT -> form.error("username", "Nobody gives themselves a waiver.");
                    case NO_SUCH_REQUIREMENT -> form.error("requirement", "Choose a requirement.");
                    case CLOSED -> form.error("requirement", "This requirement closes a door; no waiver opens it.");
                    case END_NOT_AHEAD, TOO_LONG -> form.error("days", "Give a number of days from 1 to 30.");
                    case NO_SUCH_WAIVER -> form.error(field, "This waiver is over already.");
                    case NO_SUCH_SWITCH -> form.error(field, "There is no such switch.");
                    case SWITCH_IN_OTHER_STATE -> form.error(field, "Somebody else has flipped this switch meanwhile.");
                    case GIVER_UNKNOWN -> throw new IllegalStateException("an administrator without an account");
                });
    }
}
