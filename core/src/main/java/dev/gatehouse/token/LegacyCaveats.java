package dev.gatehouse.token;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of PyPI's caveats before they were arrays: JSON objects with exactly these keys. */
final class LegacyCaveats {
    private static final Set<String> VERSION_1 = Set.of("version", "permissions");
    private static final Set<String> PROJECTS = Set.of("projects");
    private static final Set<String> TIMES = Set.of("exp", "nbf");
    private static final Set<String> IDS = Set.of("project_ids");

    private LegacyCaveats() {}

    /** The caveat that an object stands for, or null if none. */
    static @Nullable Caveat read(Map<?, ?> object) {
        try {
            Set<?> keys = object.keySet();
            if (keys.equals(VERSION_1)) {
                return permissions(object);
            }
            if (keys.equals(TIMES)
                    && object.get("exp") instanceof Long expires
                    && object.get("nbf") instanceof Long notBefore) {
                return new StandardCaveat.Expiration(expires, notBefore);
            }
            return keys.equals(IDS)
                    ? new StandardCaveat.ProjectId(CaveatFields.texts(object.get("project_ids")))
                    : null;
        } catch (CaveatFields.Invalid e) {
            return null;
        }
    }

    private static @Nullable Caveat permissions(Map<?, ?> object) {
        if (!Long.valueOf(1).equals(object.get("version"))) {
            return null;
        }
        Object permissions = object.get("permissions");
        if ("user".equals(permissions)) {
            return new StandardCaveat.AnyUser();
        }
        return permissions instanceof Map<?, ?> map && map.keySet().equals(PROJECTS)
                ? new StandardCaveat.ProjectName(CaveatFields.texts(map.get("projects")))
                : null;
    }
}
