package dev.gatehouse.testkit.readme;

import dev.gatehouse.policy.document.PolicyDocuments;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.testkit.policy.PolicyLaws;
import java.io.IOException;
import java.nio.file.Path;

class MyPolicyTest implements PolicyLaws {
    @Override
    public PolicyDefinition policy() throws IOException {
        return PolicyDocuments.standard()
                .read(Path.of("src/test/resources/my-index.toml"))
                .definition();
    }
}
