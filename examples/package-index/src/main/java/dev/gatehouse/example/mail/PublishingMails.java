package dev.gatehouse.example.mail;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.example.account.Account;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.Member;
import dev.gatehouse.example.index.Project;
import dev.gatehouse.example.index.ProjectName;
import dev.gatehouse.example.publishing.Told;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mails about trusted publishers and leaked tokens, to the owners of the projects they are about. Thread-safe. */
public final class PublishingMails {
    private static final int LONGEST = 300;

    private final Accounts accounts;
    private final Catalogue catalogue;
    private final Post post;
    private final Told told;
    private final UnaryOperator<String> names;

    /**
     * Mails through this post.
     *
     * @param names the name of a provider that people read, by its id
     */
    public PublishingMails(Accounts accounts, Catalogue catalogue, Post post, Told told, UnaryOperator<String> names) {
        this.accounts = accounts;
        this.catalogue = catalogue;
        this.post = post;
        this.told = told;
        this.names = names;
    }

    /** Sends what an event asks for, if it is one of these. */
    void mail(AuditEvent event, Instant now) {
        AuditTag tag = event.tag();
        if (tag.equals(AuditTag.PUBLISHER_ADDED)) {
            added(event, now);
        } else if (tag.equals(AuditTag.PUBLISHER_REMOVED)) {
            toOwners(event, PublishingTexts.removed(publisher(event), project(event), actor(event)), now);
        } else if (tag.equals(AuditTag.PENDING_PUBLISHER_REMOVED)) {
            pendingRemoved(event, now);
        } else if (tag.equals(AuditTag.PENDING_PUBLISHER_EXPIRING)) {
            toAccount(
                    event,
                    PublishingTexts.expiring(
                            publisher(event),
                            project(event),
                            attribute(event, "expires").substring(0, 10)),
                    now);
        } else if (tag.equals(AuditTag.SHORT_LIVED_TOKEN_ADDED)) {
            environmentIgnored(event, now);
        } else if (tag.equals(AuditTag.TOKEN_REMOVED_LEAK)) {
            leaked(event, now);
        } else if (tag.equals(AuditTag.PROJECT_TOKEN_REMOVED)
                && attribute(event, "reason").equals("leak")) {
            runTokenLeaked(event, now);
        }
    }

    private void runTokenLeaked(AuditEvent event, Instant now) {
        List<String> projects = projects(event);
        MailText text = PublishingTexts.runTokenLeaked(
                line(String.join(", ", projects)), attribute(event, "origin"), attribute(event, "url"));
        projects.stream()
                .flatMap(name -> ProjectName.of(name).flatMap(catalogue::project).stream())
                .flatMap(project -> owners(project.id()).stream())
                .distinct()
                .forEach(owner -> post.send(owner, text, now));
    }

    /** The projects of a leaked token: {@code projects}, and {@code projects.2} and so on where they are many. */
    private static List<String> projects(AuditEvent event) {
        return event.attributes().entrySet().stream()
                .filter(each ->
                        each.getKey().equals("projects") || each.getKey().startsWith("projects."))
                .flatMap(each -> Stream.of(each.getValue().split(",", -1)))
                .toList();
    }

    private void added(AuditEvent event, Instant now) {
        if (attribute(event, "reified_from_pending_publisher").equals("true")) {
            toAccount(event, PublishingTexts.reified(publisher(event), project(event)), now);
        } else {
            toOwners(event, PublishingTexts.added(publisher(event), project(event), actor(event)), now);
        }
    }

    private void pendingRemoved(AuditEvent event, Instant now) {
        switch (attribute(event, "why")) {
            case "project_exists" ->
                toAccount(event, PublishingTexts.invalidated(publisher(event), project(event)), now);
            case "expired" -> toAccount(event, PublishingTexts.expired(publisher(event), project(event)), now);
            default -> {
                // Its owner has removed it, or is told that it has become a publisher.
            }
        }
    }

    private void environmentIgnored(AuditEvent event, Instant now) {
        String environment = attribute(event, "environment_ignored");
        String publisher = attribute(event, "publisher");
        if (!environment.isEmpty() && told.isNew("environment-ignored:" + publisher, now)) {
            String page = "/manage/project/" + attribute(event, "project") + "/publishing/?constrain="
                    + encode(publisher) + "&environment=" + encode(environment);
            toOwners(
                    event,
                    PublishingTexts.environmentIgnored(publisher(event), project(event), environment, post.link(page)),
                    now);
        }
    }

    /** Also to an address that nobody has confirmed: whoever reads it can do nothing with it but good. */
    private void leaked(AuditEvent event, Instant now) {
        event.account()
                .flatMap(accounts::byId)
                .ifPresent(account -> post.sendTo(
                        account.email(),
                        account,
                        PublishingTexts.tokenLeaked(
                                account.name(),
                                attribute(event, "name"),
                                attribute(event, "origin"),
                                attribute(event, "url")),
                        now));
    }

    /** An API token was used on a project that has a trusted publisher; its owners are told once for each token. */
    public void tokenUsed(Project project, String token, String owner, Instant now) {
        if (told.isNew("token-beside-publisher:" + token + ":" + project.id(), now)) {
            MailText text = PublishingTexts.tokenBesidePublisher(
                    project.name(),
                    accounts.byId(owner).map(Account::name).orElse("?"),
                    post.link("/manage/project/" + project.normalized() + "/publishing/"));
            owners(project.id()).forEach(each -> post.send(each, text, now));
        }
    }

    private void toOwners(AuditEvent event, MailText text, Instant now) {
        event.subject().map(this::owners).orElse(List.of()).forEach(owner -> post.send(owner, text, now));
    }

    private void toAccount(AuditEvent event, MailText text, Instant now) {
        event.account().flatMap(accounts::byId).ifPresent(account -> post.send(account, text, now));
    }

    private List<Account> owners(String project) {
        return catalogue.members(project).stream()
                .filter(member -> member.role() == Member.Role.OWNER)
                .flatMap(member -> accounts.byId(member.account()).stream())
                .toList();
    }

    private String publisher(AuditEvent event) {
        return names.apply(attribute(event, "provider")) + " (" + attribute(event, "specifier") + ")";
    }

    private static String project(AuditEvent event) {
        return attribute(event, "project");
    }

    private String actor(AuditEvent event) {
        return event.actor().flatMap(accounts::byId).map(Account::name).orElse("somebody who is not known any more");
    }

    private static String attribute(AuditEvent event, String name) {
        return line(Optional.ofNullable(event.attributes().get(name)).orElse(""));
    }

    /** What others have written is one line of a mail, and no more. */
    private static String line(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
