package dev.gatehouse.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The published modules on the class path, by their descriptors. */
final class PublishedModules {
    private PublishedModules() {}

    /** By module, the packages that it exports. */
    static Map<String, Set<String>> exports() {
        try {
            return Collections.list(PublishedModules.class.getClassLoader().getResources("module-info.class")).stream()
                    .map(PublishedModules::descriptor)
                    .filter(module -> module.name().startsWith("dev.gatehouse."))
                    .collect(Collectors.toMap(
                            ModuleDescriptor::name,
                            module -> module.exports().stream()
                                    .map(ModuleDescriptor.Exports::source)
                                    .collect(Collectors.toSet())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModuleDescriptor descriptor(URL url) {
        try (InputStream in = url.openStream()) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
