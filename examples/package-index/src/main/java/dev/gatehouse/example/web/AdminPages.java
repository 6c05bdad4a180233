package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.policy.Waiver;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.signin.GivenWaiver;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Flipping the switches of the policy, and giving and ending waivers. */
final class AdminPages {
    private static final int LONGEST_DAYS = 30;
    private static final int LONGEST_REASON = 200;

    private final Accounts accounts;
    private final PolicyDefinition policy;
    private final Controls controls;

    AdminPages(Accounts accounts, PolicyDefinition policy, Controls controls) {
        this.accounts = accounts;
        this.policy = policy;
        this.controls = controls;
    }

    /** Whether somebody may see these pages at all; the answer to others does not say that there are such pages. */
    private static boolean isAdmin(Visit visit) {
        return visit.account().filter(Account::admin).isPresent();
    }

    private static Reply none() {
        return Reply.message(404, "Page not found", "There is nothing at this address.");
    }

    Reply overview(Visit visit) {
        return isAdmin(visit) ? overview(visit, Form.empty()) : none();
    }

    private Reply overview(Visit visit, Form form) {
        List<WaiverLine> waivers = new ArrayList<>();
        for (GivenWaiver given : controls.waivers().live(visit.now())) {
            Waiver waiver = given.waiver();
            waivers.add(new WaiverLine(
                    given.id(),
                    waiver.requirement(),
                    name(waiver.subjectId()),
                    waiver.until(),
                    waiver.reason(),
                    name(waiver.by())));
        }
        return Reply.page("admin.jte", "Administration")
                .with("form", form)
                .with("policy", policy.name() + "/" + policy.revision())
                .with(
                        "requirements",
                        policy.requirements().stream().map(Requirement::id).toList())
                .with("switches", new TreeMap<>(controls.live().switches()))
                .with("waivers", waivers)
                .status(form.hasErrors() ? 422 : 200);
    }

    private String name(String account) {
        return accounts.byId(account).map(Account::name).orElse(account);
    }

    Reply flip(Visit visit) {
        if (!isAdmin(visit)) {
            return none();
        }
        String name = visit.field("name");
        Map<String, Boolean> states = controls.live().switches();
        if (!states.containsKey(name)) {
            return overview(visit, new Form().error("switches", "There is no such switch."));
        }
        SwitchRepository.State from =
                visit.field("from").equals("on") ? SwitchRepository.State.ON : SwitchRepository.State.OFF;
        AuditTag tag = from == SwitchRepository.State.ON ? AuditTag.SWITCH_OFF : AuditTag.SWITCH_ON;
        SwitchRepository.Flipped flipped = controls.switches()
                .flip(name, from, event(visit, tag).subject(name).build());
        controls.refresh(visit.now());
        if (flipped != SwitchRepository.Flipped.FLIPPED) {
            return overview(visit, new Form().error("switches", "Somebody else has flipped this switch meanwhile."));
        }
        visit.note(
                Note.Kind.SUCCESS,
                "The switch " + name + " is " + (from == SwitchRepository.State.ON ? "off." : "on."));
        return Reply.to(Site.ADMIN);
    }

    Reply giveWaiver(Visit visit) {
        if (!isAdmin(visit)) {
            return none();
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
        } else if (account.get().id().equals(visit.owner().id())) {
            form.error("username", "Nobody gives themselves a waiver.");
        }
        if (policy.requirement(requirement).isEmpty()) {
            form.error("requirement", "Choose a requirement.");
        }
        if (!days.matches("[1-9]|[12][0-9]|30")) {
            form.error("days", "Give a number of days from 1 to " + LONGEST_DAYS + ".");
        }
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            form.error("reason", "Say why, in at most " + LONGEST_REASON + " characters.");
        }
        if (form.hasErrors()) {
            return overview(visit, form);
        }
        Waiver waiver = new Waiver(
                requirement,
                Waiver.Subject.ACCOUNT,
                account.orElseThrow().id(),
                visit.now(),
                visit.now().plus(Duration.ofDays(Integer.parseInt(days))),
                reason,
                visit.owner().id());
        AuditEvent event = event(visit, AuditTag.WAIVER_GIVEN)
                .account(waiver.subjectId())
                .subject(requirement)
                .attribute("until", waiver.until().toString())
                .attribute("reason", reason)
                .build();
        WaiverRepository.Added added =
                controls.waivers().add(new GivenWaiver(UUID.randomUUID().toString(), waiver), event);
        controls.refresh(visit.now());
        if (added != WaiverRepository.Added.ADDED) {
            throw new IllegalStateException("a fresh id is in use");
        }
        visit.note(Note.Kind.SUCCESS, name + " is released from " + requirement + " for " + days + " days.");
        return Reply.to(Site.ADMIN);
    }

    Reply endWaiver(Visit visit) {
        if (!isAdmin(visit)) {
            return none();
        }
        String id = visit.field("id");
        WaiverRepository.Ended ended = controls.waivers()
                .end(
                        id,
                        visit.now(),
                        event(visit, AuditTag.WAIVER_ENDED).subject(id).build());
        controls.refresh(visit.now());
        if (ended != WaiverRepository.Ended.ENDED) {
            return overview(visit, new Form().error("waivers", "This waiver is over already."));
        }
        visit.note(Note.Kind.SUCCESS, "The waiver is over.");
        return Reply.to(Site.ADMIN);
    }

    private static AuditEvent.Builder event(Visit visit, AuditTag tag) {
        return AuditEvent.of(tag, visit.now()).actor(visit.owner().id()).address(visit.address());
    }
}
