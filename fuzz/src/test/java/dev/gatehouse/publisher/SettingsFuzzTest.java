package dev.gatehouse.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.fuzz.FuzzTarget;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people type for a publisher, a line {@code name=value} each; {@code issuer} is the URL of an issuer. */
class SettingsFuzzTest extends FuzzTarget {
    @Override
    protected List<byte[]> seeds() {
        return List.of(
                utf8("owner=octo-org\nrepository=octo-repo\nworkflow=release.yml\nenvironment=Release"),
                utf8("namespace=g/s\nproject=hello-world\nworkflow=.gitlab-ci.yml\nissuer=https://gitlab.example.org"),
                utf8("namespace=g\nproject=h\nworkflow=.gitlab-ci.yml\nissuer=https://gitlab.example.org/#x"),
                utf8("email=svc@project.iam.gserviceaccount.com\nsubject=1"),
                utf8("organization=o\nproject=p\nactor-id=00000000-0000-1000-8000-00000000000f\nactor=x"),
                utf8("owner=a\nrepository=b\nworkflow=c.yml\nref=v*\nref-type=tag\nissuer=https://x.example/?a#b"));
    }

    @Override
    protected void check(byte[] input) {
        Map<String, String> form = new TreeMap<>();
        for (String line : text(input).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                form.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String issuer = form.remove("issuer");
        for (PublisherProvider provider : PublisherProviders.standard().all()) {
            SettingsReading reading = issuer == null ? provider.read(form) : provider.read(form, issuer);
            reading.fold(
                    accepted -> {
                        PublisherSettings settings = accepted.settings();
                        SettingsReading again = issuer == null
                                ? provider.read(settings.values())
                                : provider.read(settings.values(), settings.issuer());
                        assertThat(again).as("read again").isEqualTo(accepted);
                        assertThat(provider.keys(settings, Map.of())).isNotEmpty();
                        assertThat(provider.describe(settings)).isNotBlank().doesNotContainPattern("[\\x00-\\x1f]");
                        URI url = URI.create(settings.issuer());
                        assertThat(url.getScheme()).isEqualTo("https");
                        assertThat(url.getHost()).isNotEmpty();
                        assertThat(settings.issuer()).doesNotContain("?", "#", "@");
                        return accepted;
                    },
                    refused -> {
                        refused.problems()
                                .forEach(problem ->
                                        assertThat(problem.toString()).doesNotContainPattern("[\\x00-\\x1f]"));
                        return refused;
                    });
        }
    }
}
