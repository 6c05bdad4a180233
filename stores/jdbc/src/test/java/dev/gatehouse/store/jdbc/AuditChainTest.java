package dev.gatehouse.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.jdbc.ChainVerdict.Broken;
import dev.gatehouse.store.jdbc.ChainVerdict.Fault;
import dev.gatehouse.store.jdbc.ChainVerdict.Head;
import dev.gatehouse.store.jdbc.ChainVerdict.Intact;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever somebody does to the audit table, the chain tells. */
class AuditChainTest {
    private static final int ENTRIES = 5;

    @RegisterExtension
    final Databases databases = new Databases();

    private DataSource source;
    private JdbcAuditLog log;

    @BeforeEach
    void record() {
        source = databases.fresh();
        log = JdbcStore.of(source).repositories().auditLog();
        for (int i = 1; i <= ENTRIES; i++) {
            log.record(Samples.event(i));
        }
    }

    @Test
    void verifyChain_ofAnUntouchedLog_isIntact() {
        assertThat(log.verifyChain()).isEqualTo(new Intact(log.head()));
        assertThat(log.head().sequence()).isEqualTo(ENTRIES);
    }

    @Test
    void verifyChain_ofAnEmptyLog_isIntact() {
        JdbcAuditLog empty = JdbcStore.of(databases.fresh()).repositories().auditLog();

        assertThat(empty.verifyChain()).isEqualTo(new Intact(new Head(0, AuditForm.GENESIS)));
        assertThat(empty.verifyChain(empty.head())).isInstanceOf(Intact.class);
    }

    @Test
    void verifyChain_ofMoreThanAPage_isIntact() {
        JdbcAuditLog same = log;
        for (int i = ENTRIES; i < 1_001; i++) {
            same.record(Samples.event(i));
        }

        assertThat(log.verifyChain()).isInstanceOf(Intact.class);
        Statements.run(source, "UPDATE gatehouse_audit SET actor = 'x' WHERE entry_no = 1001");
        assertThat(log.verifyChain()).isEqualTo(new Broken(1_001, Fault.EDITED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "happened_at = happened_at + 0.000000001",
                "tag = 'account:api_token:removed'",
                "account = 'bob'",
                "account = NULL",
                "subject = ''",
                "actor = 'admin '",
                "address = '2001:db8::2'",
                "attributes = ''",
                "entry_hash = '00'"
            })
    void verifyChain_afterAnEdit_namesTheEntry(String edit) {
        assertThat(Statements.run(source, "UPDATE gatehouse_audit SET " + edit + " WHERE entry_no = 3"))
                .isEqualTo(1);

        assertThat(log.verifyChain()).isEqualTo(new Broken(3, Fault.EDITED));
    }

    @Test
    void verifyChain_afterAnEntryWasTakenOut_namesThePlace() {
        Statements.run(source, "DELETE FROM gatehouse_audit WHERE entry_no = 2");

        assertThat(log.verifyChain()).isEqualTo(new Broken(2, Fault.MISSING));
    }

    @Test
    void verifyChain_afterTheEndWasCutOff_namesThePlace() {
        Statements.run(source, "DELETE FROM gatehouse_audit WHERE entry_no > 3");

        assertThat(log.verifyChain()).isEqualTo(new Broken(4, Fault.MISSING));
    }

    @Test
    void verifyChain_afterTwoEntriesChangedPlaces_namesTheFirst() {
        Statements.run(source, "UPDATE gatehouse_audit SET entry_no = 99 WHERE entry_no = 2");
        Statements.run(source, "UPDATE gatehouse_audit SET entry_no = 2 WHERE entry_no = 3");
        Statements.run(source, "UPDATE gatehouse_audit SET entry_no = 3 WHERE entry_no = 99");

        assertThat(log.verifyChain()).isEqualTo(new Broken(2, Fault.EDITED));
    }

    @Test
    void verifyChain_afterAnEntryWasPutBehindTheHead_tells() {
        Statements.run(
                source,
                "INSERT INTO gatehouse_audit (entry_no, happened_at, tag, attributes, entry_hash)"
                        + " VALUES (6, 0, 'account:create', '', '00')");

        assertThat(log.verifyChain()).isEqualTo(new Broken(6, Fault.BEHIND_HEAD));
    }

    @Test
    void verifyChain_afterTheHeadWasEditedOrTakenOut_tells() {
        Statements.run(source, "UPDATE gatehouse_audit_head SET entry_hash = '00'");
        assertThat(log.verifyChain()).isEqualTo(new Broken(ENTRIES, Fault.HEAD_EDITED));

        Statements.run(source, "DELETE FROM gatehouse_audit_head");
        assertThat(log.verifyChain()).isEqualTo(new Broken(0, Fault.HEAD_EDITED));
    }

    @Test
    void verifyChain_afterEndAndHeadWereCutBackTogether_tellsOnlyAgainstAKnownHead() {
        Head known = log.head();
        cutBackTo(3);

        assertThat(log.verifyChain()).isInstanceOf(Intact.class);
        assertThat(log.verifyChain(known)).isEqualTo(new Broken(ENTRIES, Fault.REWRITTEN));
    }

    @Test
    void verifyChain_afterTheWholeLogWasWrittenAnew_tellsAgainstAKnownHead() {
        Head known = log.head();
        cutBackTo(3);
        log.record(Samples.event(77));
        log.record(Samples.event(78));

        assertThat(log.verifyChain()).isInstanceOf(Intact.class);
        assertThat(log.verifyChain(known)).isEqualTo(new Broken(ENTRIES, Fault.REWRITTEN));
    }

    @Test
    void verifyChain_againstAHeadOfBefore_isIntactAfterMoreWasRecorded() {
        Head known = log.head();
        log.record(Samples.event(77));

        assertThat(log.verifyChain(known)).isInstanceOf(Intact.class);
        assertThat(log.verifyChain(new Head(0, AuditForm.GENESIS))).isInstanceOf(Intact.class);
    }

    private void cutBackTo(int entry) {
        Statements.run(source, "DELETE FROM gatehouse_audit WHERE entry_no > " + entry);
        Statements.run(
                source,
                "UPDATE gatehouse_audit_head SET entry_no = " + entry
                        + ", entry_hash = (SELECT entry_hash FROM gatehouse_audit WHERE entry_no = " + entry + ")");
    }
}
