package dev.gatehouse.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** A database whose statements and commits are counted, and one of them goes wrong; for tests of one thread. */
final class SqlFaults {
    /** What goes wrong. */
    enum Fault {
        /** It fails, and is not done. */
        FAILS,
        /** It is done, and then fails. */
        FAILS_AFTER,
        /** It is not done, and the connection is gone with it; the database rolls back what it held. */
        LOST,
        /** The database gives the transaction up for another's sake, and rolls it back. */
        GIVEN_UP,
        /** It is done, and nobody knows: the connection is gone. */
        LOST_AFTER,
        /** It is done, and the database says that nobody knows. */
        UNKNOWN
    }

    private static final Set<String> EXECUTIONS = Set.of("executeUpdate", "executeQuery", "execute");

    private final DataSource whole;
    private final List<Boolean> steps = new ArrayList<>();
    private int planned = -1;
    private Fault fault = Fault.FAILS;
    private boolean isStruck;

    SqlFaults(DataSource whole) {
        this.whole = whole;
    }

    /** Lets the step of this number, from 0, go wrong. */
    void plan(int step, Fault wrong) {
        planned = step;
        fault = wrong;
    }

    /** For each step so far, whether it was a commit. */
    List<Boolean> steps() {
        return steps;
    }

    boolean isStruck() {
        return isStruck;
    }

    DataSource source() {
        return proxy(DataSource.class, (method, arguments) -> {
            Object answer = invoked(whole, method, arguments);
            return answer instanceof Connection connection ? connection(connection) : answer;
        });
    }

    private Connection connection(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                return step(connection, true, () -> invoked(connection, method, arguments));
            }
            Object answer = invoked(connection, method, arguments);
            return answer instanceof PreparedStatement statement ? statement(connection, statement) : answer;
        });
    }

    private PreparedStatement statement(Connection connection, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> EXECUTIONS.contains(method.getName())
                        ? step(connection, false, () -> invoked(statement, method, arguments))
                        : invoked(statement, method, arguments));
    }

    private Object step(Connection connection, boolean isCommit, Step step) throws Throwable {
        int number = steps.size();
        steps.add(isCommit);
        if (number != planned) {
            return step.done();
        }
        isStruck = true;
        switch (fault) {
            case FAILS -> throw new SQLException("planted", "58030");
            case FAILS_AFTER -> {
                step.done();
                throw new SQLException("planted", "58030");
            }
            case LOST -> {
                connection.rollback();
                connection.close();
                throw new SQLException("planted", "08006");
            }
            case GIVEN_UP -> {
                connection.rollback();
                throw new SQLException("planted", "40001");
            }
            case LOST_AFTER -> {
                step.done();
                connection.close();
                throw new SQLException("planted", "08007");
            }
            default -> {
                step.done();
                throw new SQLException("planted", "40003");
            }
        }
    }

    private interface Step {
        Object done() throws Throwable;
    }

    private interface Called {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static Object invoked(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Called called) {
        return type.cast(Proxy.newProxyInstance(
                SqlFaults.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> called.call(method, arguments)));
    }
}
