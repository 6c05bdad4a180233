package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.account.KnownDevices;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.account.RecoveryCodes;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.FileStore;
import dev.gatehouse.example.mail.AuditMails;
import dev.gatehouse.example.mail.MailQueue;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.example.mail.SmtpSender;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpVerifier;
import java.util.Optional;

/** Everything below the pages: what the index keeps itself, and the verifiers and stores of the library. */
final class Backend implements AutoCloseable {
    private static final int PASSWORD_CHECKS_AT_ONCE = 4;

    final Accounts accounts;
    final Factors factors;
    final RecoveryCodes codes;
    final KnownDevices devices;
    final Catalogue catalogue;
    final FileStore files;
    final ProjectFlags flags;
    final ApiTokens tokens;
    final AuditLog audit;
    final SwitchRepository switches;
    final WaiverRepository waivers;
    final MailQueue queue;
    final Post post;
    final AuditMails mails;
    final MailedLinks links;
    private final Optional<SmtpSender> sender;

    Backend(Environment env) {
        JdbcStore store = JdbcStore.of(env.source());
        JdbcRepositories kept = store.repositories();
        Sealer sealer = new Sealer(env.keys(), env.random());
        Passwords passwords = new Passwords(env.random(), PASSWORD_CHECKS_AT_ONCE);
        this.audit = kept.auditLog();
        this.switches = kept.switches();
        this.waivers = kept.waivers();
        this.accounts = new Accounts(env.jdbi(), passwords);
        this.codes = new RecoveryCodes(env.jdbi(), passwords, env.random());
        this.devices = new KnownDevices(env.jdbi(), env.random());
        this.factors = new Factors(
                kept.totp(),
                kept.accountVersions(),
                new TotpVerifier(kept.totp(), sealer, env.clock()),
                TotpEnrolment.builder(kept.totp(), sealer, env.clock(), env.host())
                        .random(env.random())
                        .build());
        this.catalogue = new Catalogue(env.jdbi());
        this.files = new FileStore(env.options().data().resolve("files"));
        this.flags = new ProjectFlags(env.jdbi());
        // A clock that is set at will goes back now and then, which the state that lasts would refuse.
        EphemeralState state =
                env.options().at().isPresent() ? EphemeralState.singleNode(audit) : store.ephemeralState();
        OwnerStatus standing = owner ->
                accounts.byId(owner.id()).isPresent() ? OwnerStatus.Standing.ACTIVE : OwnerStatus.Standing.GONE;
        this.tokens = ApiTokens.builder(env.host(), kept.tokens(), sealer, standing)
                .clock(env.clock())
                .random(env.random())
                .singleUse(state)
                .build();
        this.links = new MailedLinks(state, env.random());
        this.queue = new MailQueue(env.jdbi());
        this.sender = env.options().smtp().map(smtp -> SmtpSender.start(queue, env.clock(), smtp));
        this.post = new Post(queue, env.address(), () -> sender.ifPresent(SmtpSender::wake));
        this.mails = new AuditMails(audit, env.jdbi(), accounts, post);
    }

    /** Whether mails stay here, to be read by whoever sits at this machine. */
    boolean hasOutbox() {
        return sender.isEmpty();
    }

    @Override
    public void close() {
        sender.ifPresent(SmtpSender::close);
    }
}
