package dev.gatehouse.policy;

import java.util.List;

/** Makes the reader of a fact. */
final class Readers {
    private Readers() {}

    /**
     * The reader of one fact.
     *
     * @param specs what its tests compare with, in the order of their bits
     */
    static Reader of(FactKey key, int base, List<Object> specs, Setting setting) {
        return switch (key.type()) {
            case LABELS -> new RequestReaders.Labels(base, specs);
            case CREDENTIAL -> new RequestReaders.Attributes(base, specs);
            case SWITCH -> new RequestReaders.Switch(base, key.name());
            case NEW_TOKEN -> new RequestReaders.AskedToken(base, setting, specs);
            case NEW_FACTOR -> new RequestReaders.AskedFactor(base, specs);
            case FACTORS_LEFT -> new RequestReaders.Left(base, specs);
            case PROVEN -> new AccountReaders.Proven(base, specs);
            case EMAIL -> new AccountReaders.Email(base);
            case CODES -> new AccountReaders.Codes(base);
            case ENROLLED -> new AccountReaders.Enrolled(base, specs);
            case REGISTERED -> new AccountReaders.Registered(base, specs);
            case FLAGS -> new ThingReaders.Flags(base, key.owner(), specs);
            case METRIC ->
                specs.contains(Asker.Unsupplied.NAME)
                        ? new ThingReaders.Unsupplied(base, key.owner(), key.metricName(), specs.size())
                        : new ThingReaders.Metric(base, key.owner(), key.metricName(), specs);
            case TIME -> new ThingReaders.Time(base, key.owner(), specs);
            case EVENT ->
                specs.contains(Asker.Unsupplied.NAME)
                        ? new AccountReaders.Unsupplied(base, key.name(), specs.size())
                        : new AccountReaders.Event(base, key.name(), specs);
            case PROVIDER, RUN_EVENT, REF -> new RequestReaders.RunWord(base, key.type(), specs);
            case RUN_FLAGS -> new RequestReaders.RunFlags(base, specs);
            case MAINTAINS -> new ThingReaders.Some(base, Owner.PROJECT, setting, specs);
            case MEMBER_OF -> new ThingReaders.Some(base, Owner.ORGANIZATION, setting, specs);
            case HOST -> new RequestReaders.Host(base, setting, specs);
            case SHARE -> new AccountReaders.InShare(base, setting.share(), (Share.Part) specs.get(0));
        };
    }
}
