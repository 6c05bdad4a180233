package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.publisher.PendingPublisherRepository;
import dev.gatehouse.publisher.PublisherRepository;
import dev.gatehouse.recovery.RecoveryCodeRepository;
import dev.gatehouse.signin.DeviceRepository;
import dev.gatehouse.signin.FailureRepository;
import dev.gatehouse.signin.LoginRepository;
import dev.gatehouse.signin.SessionCutoffRepository;
import dev.gatehouse.signin.SwitchRepository;
import dev.gatehouse.signin.WaiverRepository;
import dev.gatehouse.state.AccountVersions;
import dev.gatehouse.token.ApiTokenRepository;
import dev.gatehouse.totp.TotpRepository;
import dev.gatehouse.webauthn.WebAuthnRepository;

/**
 * The durable repositories over one way of reaching the database: either each change is a transaction of its own, or all
 * join one. Every change and its audit event are in the same transaction.
 *
 * <p>Thread-safe where each change has its own transaction; within a joined one, used by its thread alone.
 */
public final class JdbcRepositories {
    private final JdbcAuditLog auditLog;
    private final AccountVersions accountVersions;
    private final WaiverRepository waivers;
    private final SwitchRepository switches;
    private final TotpRepository totp;
    private final WebAuthnRepository webAuthn;
    private final RecoveryCodeRepository recoveryCodes;
    private final ApiTokenRepository tokens;
    private final SessionCutoffRepository sessionCutoffs;
    private final FailureRepository failures;
    private final LoginRepository logins;
    private final DeviceRepository devices;
    private final PublisherRepository publishers;
    private final PendingPublisherRepository pendingPublishers;

    JdbcRepositories(Transactions transactions, AuditSink also) {
        this(transactions, new JdbcAuditLog(transactions, also));
    }

    JdbcRepositories(Transactions transactions, JdbcAuditLog log) {
        this.auditLog = log;
        this.accountVersions = new JdbcAccountVersions(transactions);
        this.waivers = new JdbcWaivers(transactions, auditLog);
        this.switches = new JdbcSwitches(transactions, auditLog);
        this.totp = new JdbcTotp(transactions, auditLog);
        this.webAuthn = new JdbcWebAuthn(transactions, auditLog);
        this.recoveryCodes = new JdbcRecoveryCodes(transactions, auditLog);
        this.tokens = new JdbcTokens(transactions, auditLog);
        this.sessionCutoffs = new JdbcSessionCutoffs(transactions, auditLog);
        this.failures = new JdbcFailures(transactions, auditLog);
        this.logins = new JdbcLogins(transactions);
        this.devices = new JdbcDevices(transactions, auditLog);
        this.publishers = new JdbcPublishers(transactions, auditLog);
        this.pendingPublishers = new JdbcPendingPublishers(transactions, auditLog);
    }

    public JdbcAuditLog auditLog() {
        return auditLog;
    }

    /** The versions that the changes of factors and recovery codes here advance. */
    public AccountVersions accountVersions() {
        return accountVersions;
    }

    public WaiverRepository waivers() {
        return waivers;
    }

    public SwitchRepository switches() {
        return switches;
    }

    public TotpRepository totp() {
        return totp;
    }

    public WebAuthnRepository webAuthn() {
        return webAuthn;
    }

    public RecoveryCodeRepository recoveryCodes() {
        return recoveryCodes;
    }

    public ApiTokenRepository tokens() {
        return tokens;
    }

    public SessionCutoffRepository sessionCutoffs() {
        return sessionCutoffs;
    }

    public FailureRepository failures() {
        return failures;
    }

    public LoginRepository logins() {
        return logins;
    }

    public DeviceRepository devices() {
        return devices;
    }

    public PublisherRepository publishers() {
        return publishers;
    }

    public PendingPublisherRepository pendingPublishers() {
        return pendingPublishers;
    }
}
