package dev.gatehouse.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the laws that a test class implements, with their default tries, and tells which it breaks: so that a test can hold that a
 * planted fault is caught, by the law that is there for it.
 */
public final class LawRun {
    private final SortedSet<String> broken = new TreeSet<>();
    private final SortedSet<String> kept = new TreeSet<>();

    private LawRun() {}

    /** A run of all laws of a class, or of those of these names. */
    public static LawRun of(Class<?> subject, String... laws) {
        LawRun run = new LawRun();
        List<DiscoverySelector> selectors = laws.length == 0
                ? List.of(selectClass(subject))
                : Arrays.stream(subject.getMethods())
                        .filter(method -> List.of(laws).contains(method.getName()))
                        .<DiscoverySelector>map(method -> selectMethod(subject, method))
                        .toList();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                // What fails on purpose is neither told nor remembered.
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.database", "")
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request, run.listener());
        return run;
    }

    private TestExecutionListener listener() {
        return new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                test.getSource()
                        .filter(MethodSource.class::isInstance)
                        .map(source -> ((MethodSource) source).getMethodName())
                        .ifPresent(name -> {
                            if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                                kept.add(name);
                            } else {
                                broken.add(name);
                            }
                        });
            }
        };
    }

    /** The methods of the laws that the subject breaks. */
    public SortedSet<String> broken() {
        return broken;
    }

    /** The methods of the laws that it keeps. */
    public SortedSet<String> kept() {
        return kept;
    }

    @Override
    public String toString() {
        return "broken " + broken + ", kept " + kept;
    }
}
