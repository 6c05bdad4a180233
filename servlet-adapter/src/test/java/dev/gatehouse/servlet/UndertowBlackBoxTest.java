package dev.gatehouse.servlet;

class UndertowBlackBoxTest extends BlackBoxContract {
    @Override
    Container container() {
        return new UndertowContainer();
    }
}
