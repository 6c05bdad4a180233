package dev.gatehouse.store.jdbc;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.signin.SwitchRepository;
import java.util.Map;
import java.util.stream.Collectors;

/** Switches in a table; one without a row was never flipped. */
final class JdbcSwitches implements SwitchRepository {
    private final Transactions transactions;
    private final JdbcAuditLog audit;

    JdbcSwitches(Transactions transactions, JdbcAuditLog audit) {
        this.transactions = transactions;
        this.audit = audit;
    }

    @Override
    public Flipped flip(String name, State from, AuditEvent event) {
        boolean wasOn = from == State.ON;
        return transactions.run("flipping a switch", connection -> {
            int changed = Sql.update(
                    connection,
                    "UPDATE gatehouse_switch SET is_on = ? WHERE name = ? AND is_on = ?",
                    !wasOn,
                    name,
                    wasOn);
            if (changed == 0
                    && !Sql.isInserted(
                            connection, "INSERT INTO gatehouse_switch (name, is_on) VALUES (?, ?)", name, !wasOn)) {
                return Flipped.OTHER_STATE;
            }
            audit.append(connection, event);
            return Flipped.FLIPPED;
        });
    }

    @Override
    public Map<String, State> states() {
        return transactions
                .run(
                        "reading the switches",
                        connection -> Sql.query(
                                connection,
                                "SELECT name, is_on FROM gatehouse_switch",
                                row -> Map.entry(row.text("name"), row.is("is_on") ? State.ON : State.OFF)))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
