package dev.gatehouse.secret;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import org.jspecify.annotations.Nullable;

/** A provider whose AES-GCM opens with any nonce and seals with none but its own, as some do that are certified. */
final class FussyProvider extends Provider {
    private static final long serialVersionUID = 1;

    FussyProvider() {
        super("Fussy", "1", "seals with nonces of its own");
        putService(new Service(this, "Cipher", "AES/GCM/NoPadding", "fussy", null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Fussy();
            }
        });
    }

    private static final class Fussy extends CipherSpi {
        @Override
        protected void engineSetMode(String mode) {}

        @Override
        protected void engineSetPadding(String padding) {}

        @Override
        protected int engineGetBlockSize() {
            return 16;
        }

        @Override
        protected int engineGetOutputSize(int size) {
            return size;
        }

        @Override
        protected byte[] engineGetIV() {
            return new byte[12];
        }

        @Override
        protected @Nullable AlgorithmParameters engineGetParameters() {
            return null;
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
            throw new InvalidKeyException("a nonce is needed");
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
                throws InvalidAlgorithmParameterException {
            if (mode == Cipher.ENCRYPT_MODE) {
                throw new InvalidAlgorithmParameterException("a nonce from outside");
            }
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random)
                throws InvalidKeyException {
            throw new InvalidKeyException("a nonce is needed");
        }

        @Override
        protected byte[] engineUpdate(byte[] input, int offset, int size) {
            return new byte[0];
        }

        @Override
        protected int engineUpdate(byte[] input, int offset, int size, byte[] output, int at) {
            return 0;
        }

        @Override
        protected byte[] engineDoFinal(byte[] input, int offset, int size) {
            return new byte[0];
        }

        @Override
        protected int engineDoFinal(byte[] input, int offset, int size, byte[] output, int at) {
            return 0;
        }
    }
}
