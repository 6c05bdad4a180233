package dev.gatehouse.policy;

/**
 * One thing that a decision reads at most once.
 *
 * @param type what it is
 * @param name the owner, metric, event or switch; empty where there is only one
 */
record FactKey(FactType type, String name) {

    static FactKey of(FactType type) {
        return new FactKey(type, "");
    }

    static FactKey of(FactType type, Owner owner) {
        return new FactKey(type, owner.word());
    }

    static FactKey metric(Owner owner, String name) {
        return new FactKey(FactType.METRIC, owner.word() + "." + name);
    }

    /** The owner of flags or dates. */
    Owner owner() {
        String word = type == FactType.METRIC ? name.substring(0, name.indexOf('.')) : name;
        for (Owner owner : Owner.values()) {
            if (owner.word().equals(word)) {
                return owner;
            }
        }
        throw new IllegalStateException("no owner " + name);
    }

    /** The metric's name without its owner. */
    String metricName() {
        return name.substring(name.indexOf('.') + 1);
    }
}
