package dev.gatehouse.example;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signatures that others compile against, a line each, in an order that depends on nothing but themselves. A line begins
 * with its type, so that a difference says where it is.
 */
final class PublicSignatures {
    private final Predicate<Class<?>> exported;
    private final Set<String> lines = new TreeSet<>();

    private PublicSignatures(Predicate<Class<?>> exported) {
        this.exported = exported;
    }

    /** The lines of these types; those that nobody outside can name are left out. */
    static List<String> of(List<Class<?>> types, Predicate<Class<?>> exported) {
        PublicSignatures signatures = new PublicSignatures(exported);
        types.stream().filter(PublicSignatures::isVisible).forEach(signatures::add);
        return List.copyOf(signatures.lines);
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return isVisible(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void add(Class<?> type) {
        String name = type.getCanonicalName();
        lines.add(name + ": " + head(type));
        Stream.of(type.getDeclaredFields())
                .filter(PublicSignatures::isOurs)
                .forEach(field -> lines.add(name + ": " + text(field)));
        boolean canBeMade = !Modifier.isAbstract(type.getModifiers()) || !Modifier.isFinal(type.getModifiers());
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> canBeMade && !type.isEnum() && isOurs(constructor))
                .forEach(constructor -> lines.add(name + ": " + text(constructor)));
        methods(type).forEach(method -> lines.add(name + ": " + text(method)));
    }

    /** Its own, and those of superclasses that nobody outside can name. */
    private List<Method> methods(Class<?> type) {
        List<Method> all = new ArrayList<>();
        for (Class<?> from = type; from != null && (from == type || !isNamed(from)); from = from.getSuperclass()) {
            Stream.of(from.getDeclaredMethods())
                    .filter(method -> isOurs(method) && !isGivenByTheCompiler(method))
                    .forEach(all::add);
        }
        return all;
    }

    private boolean isNamed(Class<?> type) {
        return !type.getName().startsWith("dev.gatehouse.") || (isVisible(type) && exported.test(type));
    }

    private static <M extends Member> boolean isOurs(M member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isGivenByTheCompiler(Method method) {
        return method.getDeclaringClass().isEnum()
                && (method.getName().equals("values") || method.getName().equals("valueOf"))
                && Modifier.isStatic(method.getModifiers());
    }

    private static String head(Class<?> type) {
        StringBuilder head = new StringBuilder();
        int modifiers = type.getModifiers() & ~Modifier.STATIC;
        if (type.isInterface() || type.isEnum()) {
            modifiers &= ~(Modifier.ABSTRACT | Modifier.FINAL);
        }
        if (type.isRecord()) {
            modifiers &= ~Modifier.FINAL;
        }
        head.append(Modifier.toString(modifiers & ~Modifier.INTERFACE)).append(' ');
        head.append(type.isSealed() ? "sealed " : "");
        head.append(type.isAnnotation() ? "@interface" : kind(type)).append(parameters(type));
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum() && !type.isRecord()) {
            head.append(" extends ").append(text(parent));
        }
        if (type.getGenericInterfaces().length > 0) {
            head.append(type.isInterface() ? " extends " : " implements ")
                    .append(Arrays.stream(type.getGenericInterfaces())
                            .map(PublicSignatures::text)
                            .collect(Collectors.joining(", ")));
        }
        if (type.isSealed()) {
            head.append(" permits ")
                    .append(Arrays.stream(type.getPermittedSubclasses())
                            .map(PublicSignatures::text)
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        return head.toString();
    }

    private static String kind(Class<?> type) {
        return type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String text(Field field) {
        String modifiers = field.isEnumConstant() ? "" : Modifier.toString(field.getModifiers()) + " ";
        return modifiers + text(field.getAnnotatedType()) + " " + field.getName();
    }

    private static String text(Constructor<?> constructor) {
        return Modifier.toString(constructor.getModifiers())
                + parameters(constructor)
                + " new("
                + arguments(constructor)
                + ")"
                + thrown(constructor);
    }

    private static String text(Method method) {
        int modifiers = method.getModifiers() & Modifier.methodModifiers();
        if (method.getDeclaringClass().isInterface()) {
            modifiers &= ~Modifier.ABSTRACT;
        }
        return Modifier.toString(modifiers)
                + (method.isDefault() ? " default" : "")
                + parameters(method)
                + " "
                + text(method.getAnnotatedReturnType())
                + " "
                + method.getName()
                + "("
                + arguments(method)
                + ")"
                + thrown(method);
    }

    private static String arguments(Executable executable) {
        return Arrays.stream(executable.getAnnotatedParameterTypes())
                .map(PublicSignatures::text)
                .collect(Collectors.joining(", "));
    }

    private static String thrown(Executable executable) {
        String all = Arrays.stream(executable.getGenericExceptionTypes())
                .map(PublicSignatures::text)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " throws " + all;
    }

    private static String parameters(GenericDeclaration declaration) {
        String all = Arrays.stream(declaration.getTypeParameters())
                .map(PublicSignatures::parameter)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : (declaration instanceof Class<?> ? "<" : " <") + all + ">";
    }

    private static String parameter(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getBounds())
                .filter(bound -> bound != Object.class)
                .map(PublicSignatures::text)
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String text(AnnotatedType type) {
        return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + text(type.getType());
    }

    private static String text(Type type) {
        return type.getTypeName().replace('$', '.').replace("java.lang.", "");
    }
}
