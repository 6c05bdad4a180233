package dev.gatehouse.policy.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request does, as {@code group.name}; a part of a name means nothing.
 *
 * <p>The constants are the actions of the core. A host declares its own in the policy's vocabulary; an action that nobody
 * declared is refused. Immutable and thread-safe; equal by id.
 */
public final class Action {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*");
    private static final Map<String, Action> CORE = new LinkedHashMap<>();

    public static final Action READ_PUBLIC = core("read.public");
    public static final Action READ_PRIVATE = core("read.private");
    public static final Action SIGN_IN_REGISTER = core("sign-in.register");
    public static final Action SIGN_IN_START = core("sign-in.start");
    public static final Action SIGN_IN_COMPLETE = core("sign-in.complete");
    public static final Action SIGN_IN_RECOVER = core("sign-in.recover");
    public static final Action SIGN_IN_OUT = core("sign-in.out");
    public static final Action ACCOUNT_VIEW = core("account.view");
    public static final Action ACCOUNT_PROFILE = core("account.profile");
    public static final Action ACCOUNT_EMAIL = core("account.email");
    public static final Action ACCOUNT_PRIMARY_EMAIL = core("account.primary-email");
    public static final Action ACCOUNT_VERIFY_EMAIL = core("account.verify-email");
    public static final Action ACCOUNT_PASSWORD = core("account.password");
    public static final Action ACCOUNT_DELETE = core("account.delete");
    public static final Action FACTOR_VIEW = core("factor.view");
    public static final Action FACTOR_ENROL = core("factor.enrol");
    public static final Action FACTOR_REMOVE = core("factor.remove");
    public static final Action FACTOR_SETTINGS = core("factor.settings");
    public static final Action FACTOR_RECOVERY_CODES = core("factor.recovery-codes");
    public static final Action TOKEN_VIEW = core("token.view");
    public static final Action TOKEN_CREATE = core("token.create");
    public static final Action TOKEN_UPDATE = core("token.update");
    public static final Action TOKEN_REVOKE = core("token.revoke");
    public static final Action PUBLISHER_VIEW = core("publisher.view");
    public static final Action PUBLISHER_ADD = core("publisher.add");
    public static final Action PUBLISHER_REMOVE = core("publisher.remove");
    public static final Action PROJECT_VIEW = core("project.view");
    public static final Action PROJECT_CREATE = core("project.create");
    public static final Action PROJECT_SETTINGS = core("project.settings");
    public static final Action PROJECT_TRANSFER = core("project.transfer");
    public static final Action PROJECT_DELETE = core("project.delete");
    public static final Action MEMBER_ADD = core("member.add");
    public static final Action MEMBER_REMOVE = core("member.remove");
    public static final Action MEMBER_ROLE = core("member.role");
    public static final Action MEMBER_ACCEPT = core("member.accept");
    public static final Action ORGANIZATION_VIEW = core("organization.view");
    public static final Action ORGANIZATION_CREATE = core("organization.create");
    public static final Action ORGANIZATION_SETTINGS = core("organization.settings");
    public static final Action ORGANIZATION_MEMBERS = core("organization.members");
    public static final Action ORGANIZATION_DELETE = core("organization.delete");
    public static final Action PUBLISH_PROJECT = core("publish.project");
    public static final Action PUBLISH_RELEASE = core("publish.release");
    public static final Action PUBLISH_FILE = core("publish.file");
    public static final Action PUBLISH_STAGE = core("publish.stage");
    public static final Action PUBLISH_APPROVE = core("publish.approve");
    public static final Action PUBLISH_EXCHANGE = core("publish.exchange");
    public static final Action RELEASE_YANK = core("release.yank");
    public static final Action RELEASE_EDIT = core("release.edit");
    public static final Action RELEASE_DELETE = core("release.delete");
    public static final Action ADMIN_VIEW = core("admin.view");
    public static final Action ADMIN_CHANGE = core("admin.change");
    public static final Action ADMIN_WAIVE = core("admin.waive");
    public static final Action ADMIN_SWITCH = core("admin.switch");

    private final String id;
    private final String group;
    private final int hash;

    private Action(String id) {
        this.id = id;
        this.group = id.substring(0, id.indexOf('.'));
        this.hash = id.hashCode();
    }

    private static Action core(String id) {
        Action action = new Action(id);
        CORE.put(id, action);
        return action;
    }

    /**
     * The action with this id; the core's own constant where it is one.
     *
     * @throws IllegalArgumentException if the id is not {@code group.name} in lower-case letters, digits and {@code -}
     */
    public static Action of(String id) {
        Action known = CORE.get(Objects.requireNonNull(id, "id"));
        if (known != null) {
            return known;
        }
        if (!isId(id)) {
            throw new IllegalArgumentException("id: an action is written group.name");
        }
        return new Action(id);
    }

    /** Whether the text has the form of an action's id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The actions of the core, in the order of the policy model. */
    public static List<Action> core() {
        return List.copyOf(new ArrayList<>(CORE.values()));
    }

    /** The full id, {@code group.name}. */
    public String id() {
        return id;
    }

    /** The part before the dot. */
    public String group() {
        return group;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Action that && id.equals(that.id));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return id;
    }
}
