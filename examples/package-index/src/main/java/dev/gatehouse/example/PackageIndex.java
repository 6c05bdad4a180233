package dev.gatehouse.example;

/** Starts the package index. */
public final class PackageIndex {
    private PackageIndex() {}

    /**
     * Runs the index.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.out.println("Gatehouse package index");
    }
}
