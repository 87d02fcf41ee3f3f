// Handed to every Node process by `heygen-doctor listen`: connections to HeyGen go to the doctor, all
// others stay as they are. Every client ends here: https, fetch, undici, axios, got, HTTP/2.
'use strict'
const net = require('node:net')
const tls = require('node:tls')
const hosts = new Set((process.env.HEYGEN_DOCTOR_HOSTS || '').split(','))
const port = Number(process.env.HEYGEN_DOCTOR_PORT)
const connect = net.Socket.prototype.connect

net.Socket.prototype.connect = function (...args) {
  const packed = Array.isArray(args[0])
  const options = packed ? args[0][0] : args[0]
  if (port && options && Number(options.port) === 443 && hosts.has(String(options.host).toLowerCase())) {
    // A copy: the certificate is checked against the name in the original.
    const ours = { ...options, host: '127.0.0.1', port }
    delete ours.lookup
    if (packed) args[0][0] = ours
    else args[0] = ours
  }
  return connect.apply(this, args)
}

// A program with a list of authorities of its own doesn't know the doctor's, which is told in the end.
try {
  const fs = require('node:fs')
  const ca = process.env.HEYGEN_DOCTOR_CA
  const ours = fs.readFileSync(ca)
  const create = tls.createSecureContext
  tls.createSecureContext = function (options) {
    const made = create.apply(this, arguments)
    if (options && options.ca) {
      made.context.addCACert(ours)
      const name = String(options.servername || options.host).toLowerCase()
      try {
        if (hosts.has(name)) fs.writeFileSync(require('node:path').join(ca, '../widened-node'), '')
      } catch {
        // It isn't told, then.
      }
    }
    return made
  }
} catch {
  // The request then shows that the certificate is refused.
}
