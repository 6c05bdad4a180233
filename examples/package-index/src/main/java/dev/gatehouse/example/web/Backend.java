package dev.gatehouse.example.web;

import dev.gatehouse.audit.AuditLog;
import dev.gatehouse.example.account.Accounts;
import dev.gatehouse.example.account.Factors;
import dev.gatehouse.example.account.Passwords;
import dev.gatehouse.example.index.Catalogue;
import dev.gatehouse.example.index.FileStore;
import dev.gatehouse.example.mail.AuditMails;
import dev.gatehouse.example.mail.MailQueue;
import dev.gatehouse.example.mail.MailedLinks;
import dev.gatehouse.example.mail.Post;
import dev.gatehouse.example.mail.PublishingMails;
import dev.gatehouse.example.mail.SmtpSender;
import dev.gatehouse.example.publishing.Publishing;
import dev.gatehouse.example.publishing.Told;
import dev.gatehouse.publisher.PublisherOwners;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.recovery.RecoveryCodeVerifier;
import dev.gatehouse.recovery.RecoveryCodes;
import dev.gatehouse.secret.Argon2Gate;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.signin.AttemptLimits;
import dev.gatehouse.signin.KnownDevices;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SessionCutoff;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.state.EphemeralState;
import dev.gatehouse.store.jdbc.JdbcRepositories;
import dev.gatehouse.store.jdbc.JdbcStore;
import dev.gatehouse.token.ApiTokens;
import dev.gatehouse.token.OwnerStatus;
import dev.gatehouse.totp.TotpEnrolment;
import dev.gatehouse.totp.TotpVerifier;
import dev.gatehouse.webauthn.WebAuthnCeremonies;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Everything below the pages: what the index keeps itself, and the verifiers and stores of the library. */
final class Backend implements AutoCloseable {
    private static final int HASHES_AT_ONCE = 4;
    private static final Duration DEVICE_LIFETIME = Duration.ofDays(365);

    final JdbcStore store;
    final Accounts accounts;
    final Factors factors;
    private final Function<JdbcRepositories, Factors> factorsIn;
    final RecoveryCodes codes;
    final RecoveryCodeVerifier recovery;
    final AccountVersions versions;
    final KnownDevices devices;
    final SessionCutoff cutoff;
    final LoginRepository logins;
    final AttemptLimits attempts;
    final EphemeralState state;
    final Catalogue catalogue;
    final FileStore files;
    final ProjectFlags flags;
    final ApiTokens tokens;
    final PublisherRepository publishers;
    final Publishing publishing;
    final AuditLog audit;
    final SwitchRepository switches;
    final WaiverRepository waivers;
    final MailQueue queue;
    final PublishingMails publishingMails;
    final Post post;
    final AuditMails mails;
    final MailedLinks links;
    private final Optional<SmtpSender> sender;

    Backend(Environment env) {
        this.store = JdbcStore.of(env.source());
        JdbcRepositories kept = store.repositories();
        Sealer sealer = new Sealer(env.keys(), env.random());
        Argon2Gate gate = Argon2Gate.of(HASHES_AT_ONCE);
        Passwords passwords = new Passwords(env.random(), gate);
        this.audit = kept.auditLog();
        this.switches = kept.switches();
        this.waivers = kept.waivers();
        this.accounts = new Accounts(env.jdbi(), passwords);
        this.versions = kept.accountVersions();
        this.codes = RecoveryCodes.builder(kept.recoveryCodes(), gate, env.clock())
                .random(env.random())
                .build();
        this.recovery = new RecoveryCodeVerifier(kept.recoveryCodes(), gate, env.clock());
        this.devices = KnownDevices.builder(kept.devices(), versions)
                .clock(env.clock())
                .random(env.random())
                .lifetime(DEVICE_LIFETIME)
                .build();
        this.cutoff = SessionCutoff.of(kept.sessionCutoffs(), env.clock(), Duration.ZERO);
        this.logins = kept.logins();
        this.catalogue = new Catalogue(env.jdbi());
        this.files = new FileStore(env.options().data().resolve("files"));
        this.flags = new ProjectFlags(env.jdbi());
        // A clock that is set at will goes back now and then, which the state that lasts would refuse.
        EphemeralState state =
                env.options().at().isPresent() ? EphemeralState.singleNode(audit) : store.ephemeralState();
        this.state = state;
        this.attempts =
                AttemptLimits.builder(state, kept.failures()).clock(env.clock()).build();
        this.factorsIn = in -> new Factors(
                in.totp(),
                new TotpVerifier(in.totp(), sealer, env.clock()),
                TotpEnrolment.builder(in.totp(), sealer, env.clock(), env.host())
                        .random(env.random())
                        .build(),
                in.webAuthn(),
                env.relyingParty()
                        .map(party -> WebAuthnCeremonies.builder(
                                        party, in.webAuthn(), state, in.auditLog(), env.clock())
                                .random(env.random())
                                .build()),
                in.accountVersions());
        this.factors = factorsIn.apply(kept);
        OwnerStatus standing = owner ->
                accounts.byId(owner.id()).isPresent() ? OwnerStatus.Standing.ACTIVE : OwnerStatus.Standing.GONE;
        this.publishers = kept.publishers();
        this.tokens = ApiTokens.builder(env.host(), kept.tokens(), sealer, PublisherOwners.of(publishers, standing))
                .clock(env.clock())
                .random(env.random())
                .singleUse(state)
                .build();
        this.publishing = new Publishing(
                new Publishing.Parts(
                        store,
                        catalogue,
                        tokens,
                        state,
                        env.clock(),
                        env.random(),
                        env.address(),
                        env.options().demo()),
                accounts,
                factors);
        this.links = new MailedLinks(state, env.random());
        this.queue = env.options().smtp().isPresent() ? MailQueue.toSend(env.jdbi()) : MailQueue.toKeep(env.jdbi());
        this.sender = env.options().smtp().map(smtp -> SmtpSender.start(queue, env.clock(), smtp));
        this.post = new Post(queue, env.address(), () -> sender.ifPresent(SmtpSender::wake));
        this.publishingMails = new PublishingMails(accounts, catalogue, post, new Told(env.jdbi()), publishing::nameOf);
        this.mails = new AuditMails(audit, env.jdbi(), accounts, post, publishingMails);
    }

    /** The factors, whose changes are part of the transaction of the handle. */
    Factors factors(Handle handle) {
        return factorsIn.apply(store.within(handle.getConnection()));
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
