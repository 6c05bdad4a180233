// Security keys and passkeys: asks the browser with what the page has brought, and sends its answer with the form of the page.
'use strict';
(function () {
  function bytes(text) {
    var binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    return Uint8Array.from(binary, function (c) { return c.charCodeAt(0); });
  }

  function text(buffer) {
    var binary = '';
    new Uint8Array(buffer).forEach(function (b) { binary += String.fromCharCode(b); });
    return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  }

  function ids(list) {
    return (list || []).map(function (each) { return Object.assign({}, each, { id: bytes(each.id) }); });
  }

  function creation(json) {
    if (PublicKeyCredential.parseCreationOptionsFromJSON) {
      return PublicKeyCredential.parseCreationOptionsFromJSON(json);
    }
    return Object.assign({}, json, {
      challenge: bytes(json.challenge),
      user: Object.assign({}, json.user, { id: bytes(json.user.id) }),
      excludeCredentials: ids(json.excludeCredentials)
    });
  }

  function request(json) {
    if (PublicKeyCredential.parseRequestOptionsFromJSON) {
      return PublicKeyCredential.parseRequestOptionsFromJSON(json);
    }
    return Object.assign({}, json, { challenge: bytes(json.challenge), allowCredentials: ids(json.allowCredentials) });
  }

  function answer(credential) {
    if (credential.toJSON) {
      return credential.toJSON();
    }
    var from = credential.response;
    var response = { clientDataJSON: text(from.clientDataJSON) };
    if (from.attestationObject) {
      response.attestationObject = text(from.attestationObject);
      response.transports = from.getTransports ? from.getTransports() : [];
    } else {
      response.authenticatorData = text(from.authenticatorData);
      response.signature = text(from.signature);
      response.userHandle = from.userHandle ? text(from.userHandle) : null;
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: response
    };
  }

  var words = {
    NotAllowedError: 'Nothing was chosen in time, or it was cancelled. Press the button to try again.',
    InvalidStateError: 'This key is set up already. Use another one.',
    SecurityError: 'The address of this page is not the one that keys are made for.',
    AbortError: 'It was cancelled. Press the button to try again.'
  };

  document.querySelectorAll('form[data-key]').forEach(function (form) {
    var button = form.querySelector('button[data-ask]');
    var status = form.querySelector('[data-status]');
    if (!window.PublicKeyCredential) {
      status.textContent = 'This browser knows no security keys and passkeys.';
      return;
    }
    button.disabled = false;
    var missing = form.querySelector('[data-without-script]');
    if (missing) {
      missing.hidden = true;
    }
    button.addEventListener('click', function () {
      var label = form.querySelector('input[name=label]');
      if (label && !label.value.trim()) {
        status.textContent = 'Give it a name first.';
        label.focus();
        return;
      }
      var json = JSON.parse(form.dataset.options);
      button.disabled = true;
      status.textContent = 'Follow what your browser says.';
      var asked = form.dataset.key === 'create'
        ? navigator.credentials.create({ publicKey: creation(json) })
        : navigator.credentials.get({ publicKey: request(json) });
      asked.then(function (credential) {
        form.querySelector('input[name=credential]').value = JSON.stringify(answer(credential));
        status.textContent = 'One moment.';
        form.submit();
      }).catch(function (error) {
        button.disabled = false;
        status.textContent = words[error.name] || 'This did not work. Press the button to try again.';
        button.focus();
      });
    });
  });
})();
