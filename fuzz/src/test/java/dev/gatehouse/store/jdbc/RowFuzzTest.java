package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.secret.SealContext;
import dev.gatehouse.secret.Sealer;
import dev.gatehouse.secret.SecretBytes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of every table, a line {@code column=value} each, behind a line with the number of the table: something valid, or the failure of
 * the store that callers know.
 */
class RowFuzzTest extends FuzzTarget {
    /** A class of its own: what is loaded before Jazzer's agent it changes later, and the virtual machine then stumbles over records. */
    private static final class Readers {
        static final List<Method> ALL = List.of(
                reader(TotpRow.class, "read"),
                reader(WebAuthnRow.class, "read"),
                reader(RecoveryRow.class, "code"),
                reader(TokenRows.class, "token"),
                reader(TokenRows.class, "rootKey"),
                reader(JdbcDevices.class, "read"),
                reader(JdbcWaivers.class, "read"),
                reader(JdbcPublishers.class, "publisher"),
                reader(JdbcPendingPublishers.class, "pending"),
                reader(AuditRow.class, "read"));

        private Readers() {}
    }

    private static Method reader(Class<?> owner, String name) {
        try {
            Method method = owner.getDeclaredMethod(name, Row.class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected List<byte[]> seeds() {
        String sealed = new Sealer(KeyRing.sealingWith("k1", SecretBytes.copyOf(new byte[32]))
                        .build())
                .seal(SecretBytes.copyOf(new byte[20]), new SealContext("totp", "alice", "r1"))
                .text();
        String settings = "settings=owner=octo-org\\n"
                + "repository=octo-repo\\n"
                + "workflow=release.yml\\n"
                + "\n"
                + "provider=github\n"
                + "issuer=https://token.actions.githubusercontent.com\n"
                + "identity=x\n"
                + "pins=\n"
                + "organization=o";
        return List.of(
                row(
                        0,
                        "id=r1",
                        "account=alice",
                        "algorithm=SHA1",
                        "digits=6",
                        "period_seconds=30",
                        "secret=" + sealed,
                        "secret_key_id=k1",
                        "created_at=1717243200.5",
                        "label=phone",
                        "last_step=57241440",
                        "last_used_at=1717243200"),
                row(
                        1,
                        "id=AQIDBA",
                        "id_hash=9f64a747e1b97f131fabb6b447296c9b6f0201e79fb3c5356e6c77e89b6a806a",
                        "public_key=pQEC",
                        "aaguid=00000000-0000-0000-0000-000000000000",
                        "strength=PHISHING_RESISTANT",
                        "transports=usb,nfc",
                        "backup_eligible=false",
                        "first_backed_up=false",
                        "first_sign_count=0",
                        "first_user_verified=true",
                        "account=alice",
                        "user_handle=dXNlci0x",
                        "created_at=1717243200",
                        "label=key",
                        "last_used_at=1717243201",
                        "sign_count=1",
                        "user_verified=true",
                        "backed_up=false"),
                row(
                        2,
                        "id=s1",
                        "account=alice",
                        "created_at=1717243200",
                        "salt=" + "00".repeat(16),
                        "cost_kibibytes=19456",
                        "cost_passes=2",
                        "cost_lanes=1",
                        "place=0",
                        "code_hash=" + "00".repeat(32)),
                row(
                        3,
                        "id=7f0b",
                        "owner=account:alice",
                        "reach=account",
                        "created_at=1717243200",
                        "labels=ci release",
                        "made_with_two_factor=true",
                        "run=a=b\\n",
                        "name=laptop",
                        "lifetime_seconds=86400",
                        "idle_seconds=3600",
                        "last_used_at=1717243200.000000001",
                        "revoked_at=1717243300"),
                row(4, "root_key=" + sealed, "root_key_id=k1"),
                row(
                        5,
                        "secret_hash=" + "a".repeat(64),
                        "id=d1",
                        "account=alice",
                        "version_no=3",
                        "trust=CONFIRMED",
                        "label=Firefox",
                        "created_at=1717243200",
                        "last_used_at=1717243200",
                        "ends_at=1718243200"),
                row(
                        6,
                        "id=w1",
                        "requirement=require-2fa",
                        "subject_kind=ACCOUNT",
                        "subject_id=alice",
                        "begins_at=1717243200",
                        "ends_at=1717443200",
                        "reason=travel",
                        "given_by=bob"),
                row(7, "id=p1", "created_at=1717243200", "added_by=alice", settings),
                row(
                        8,
                        "id=p1",
                        "project_name=Sample",
                        "normalized_name=sample",
                        "registrant=alice",
                        "created_at=1717243200",
                        "expires_at=1718243200",
                        "is_reminded=false",
                        settings),
                row(
                        9,
                        "entry_no=1",
                        "happened_at=1717243200",
                        "tag=account:factor:removed",
                        "account=alice",
                        "attributes=a=b\\n"));
    }

    private static byte[] row(int reader, String... columns) {
        return utf8(reader + "\n" + String.join("\n", columns));
    }

    @Override
    protected void check(byte[] input) throws Exception {
        String text = text(input);
        int head = text.indexOf('\n');
        if (head < 1 || !Character.isDigit(text.charAt(0))) {
            return;
        }
        Map<String, String> columns = new HashMap<>();
        for (String line : text.substring(head + 1).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                columns.put(
                        line.substring(0, equals), line.substring(equals + 1).replace("\\n", "\n"));
            }
        }
        Object read = read(Readers.ALL.get(Character.digit(text.charAt(0), 10)), new Row(row(columns)));
        if (read instanceof AuditRow) {
            event(read);
        } else if (read != null) {
            assertThat(read.toString()).isNotEmpty();
        }
    }

    /** Of an object, because a class that a method names is loaded before Jazzer's agent, and JDK 17 spoils such a record for it. */
    private static void event(Object read) {
        AuditRow row = (AuditRow) read;
        try {
            assertThat(AuditRow.of(row.number(), row.event())).isEqualTo(row);
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("cannot be read");
        }
    }

    private static Object read(Method reader, Row row) throws Exception {
        try {
            return reader.invoke(null, row);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException) {
                return null;
            }
            throw new AssertionError("not a failure of the store", e.getCause());
        }
    }

    /** A result set as drivers have it: what is no number where one is asked for is an SQLException. */
    private static ResultSet row(Map<String, String> columns) {
        boolean[] wasNull = {false};
        return (ResultSet) Proxy.newProxyInstance(
                RowFuzzTest.class.getClassLoader(), new Class<?>[] {ResultSet.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("wasNull")) {
                        return wasNull[0];
                    }
                    String value = columns.get((String) arguments[0]);
                    wasNull[0] = value == null;
                    return switch (method.getName()) {
                        case "getString" -> value;
                        case "getBigDecimal" -> value == null ? null : decimal(value);
                        case "getLong" ->
                            value == null
                                    ? 0L
                                    : decimal(value)
                                            .setScale(0, java.math.RoundingMode.DOWN)
                                            .longValue();
                        case "getBoolean" -> Boolean.parseBoolean(value);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    /** A column of a database has a bounded number of digits. */
    private static BigDecimal decimal(String value) throws SQLException {
        if (!value.matches("-?[0-9]{1,28}(\\.[0-9]{1,9})?")) {
            throw new SQLException("no number");
        }
        return new BigDecimal(value);
    }
}
