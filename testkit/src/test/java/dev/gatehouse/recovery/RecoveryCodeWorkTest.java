package dev.gatehouse.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.FactorResponse;
import dev.gatehouse.secret.Argon2Gate;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that are made, by the memory that each takes: one for an attempt, however many codes there are, and none for what is none. */
class RecoveryCodeWorkTest {
    private static final long HASH = RecoveryCodes.DEFAULT_COST.kibibytes() * 1024L;

    private final InMemoryRecoveryCodeRepository repository = InMemoryRecoveryCodeRepository.create(event -> {});
    private final Argon2Gate gate = Argon2Gate.of(1);
    private final RecoveryCodeVerifier verifier = new RecoveryCodeVerifier(repository, gate, () -> Instant.EPOCH);

    RecoveryCodeWorkTest() {
        GenerationResult made = RecoveryCodes.builder(repository, gate, () -> Instant.EPOCH)
                .build()
                .generate("alice", repository.versions().of("alice"), event -> event);
        assertThat(made).isInstanceOf(GenerationResult.Generated.class);
    }

    private long allocatedFor(String account, String code) {
        FactorResponse response = new FactorResponse(account, Carrier.session("s"), code);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getThreadAllocatedBytes(id);
            verifier.verify(response);
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        return least;
    }

    @Test
    void verify_ofAnyCode_makesOneHash() {
        assertThat(allocatedFor("alice", "deadbeef00001111")).isBetween(HASH, HASH * 3 / 2);
    }

    @Test
    void verify_ofAnAccountWithoutCodes_makesNoHash() {
        assertThat(allocatedFor("bob", "deadbeef00001111")).isLessThan(HASH / 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deadbeef", "deadbeef0000111g", "deadbeef000011112", "123456"})
    void verify_ofWhatIsNoCode_makesNoHash(String text) {
        assertThat(allocatedFor("alice", text)).isLessThan(HASH / 20);
    }
}
