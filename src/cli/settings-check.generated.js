// Generated from docs/lvsdoctor.schema.json by `npm run generate`. Do not edit.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// <stdin>
var validate = validate10;
var stdin_default = validate10;
var schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "title": "lvsdoctor.yaml", "description": "Settings of lvsdoctor. Every part is optional.", "type": "object", "additionalProperties": false, "properties": { "hosts": { "description": "The machines of the cluster, by name.", "type": ["object", "null"], "additionalProperties": { "type": ["object", "null"], "additionalProperties": false, "dependencies": { "stop": ["start"], "start": ["stop"] }, "properties": { "role": { "description": "A director balances, a real server answers. Left out: found out from the files.", "enum": ["director", "real-server"] }, "files": { "description": "Files, folders and wildcards, from the folder of this settings file.", "type": "array", "items": { "type": "string", "minLength": 1 } }, "addresses": { "description": "The host's own addresses, by which real_server lines find it.", "type": "array", "items": { "type": "string", "minLength": 1 } }, "ssh": { "description": "How the host is reached: user@address.", "type": "string", "minLength": 1 }, "stop": { "description": "What stops the service of this host that verify lets fail, as a line of sh; needs start.", "type": "string", "minLength": 1 }, "start": { "description": "What starts it again; verify runs it on the host, also where it runs already.", "type": "string", "minLength": 1 }, "rules": { "description": "Rules as they count on this host; said here, it goes before what is said for all.", "$ref": "#/definitions/rules" } } } }, "client": { "description": "The machine from which verify sends its requests. Left out: this one.", "type": ["object", "null"], "additionalProperties": false, "properties": { "ssh": { "type": "string", "minLength": 1 } } }, "target": { "description": "What the files are meant to run on.", "type": ["object", "null"], "additionalProperties": false, "properties": { "keepalived": { "type": "string", "pattern": "^\\d+(\\.\\d+){0,2}$" }, "kernel": { "type": "string", "pattern": "^\\d+(\\.\\d+){0,2}$" }, "platform": { "description": "The network below the hosts, where it is no Ethernet of its own; routed: any other one that forwards by IP alone.", "enum": ["aws", "azure", "gcp", "routed"] } } }, "failOn": { "description": "The least severity that makes the exit code 1.", "enum": ["error", "warning", "info"], "default": "warning" }, "baseline": { "description": "The file of findings that lint does not report, as lint --write-baseline writes it; from the folder of this settings file.", "type": "string", "minLength": 1 }, "rules": { "description": "A severity for a rule or for a whole topic (arp/*), or off, and thresholds. lvsdoctor rules lists them all.", "$ref": "#/definitions/rules" } }, "definitions": { "severity": { "enum": ["off", "error", "warning", "info"] }, "rule": { "if": { "type": "object" }, "then": { "type": "object", "additionalProperties": { "type": "number", "minimum": 0 }, "properties": { "severity": { "$ref": "#/definitions/severity" } } }, "else": { "$ref": "#/definitions/severity" } }, "rules": { "type": ["object", "null"], "properties": {}, "additionalProperties": { "$ref": "#/definitions/rule" } } } };
var func2 = require_ucs2length().default;
var schema12 = { "type": ["object", "null"], "properties": {}, "additionalProperties": { "$ref": "#/definitions/rule" } };
var schema13 = { "if": { "type": "object" }, "then": { "type": "object", "additionalProperties": { "type": "number", "minimum": 0 }, "properties": { "severity": { "$ref": "#/definitions/severity" } } }, "else": { "$ref": "#/definitions/severity" } };
var schema14 = { "enum": ["off", "error", "warning", "info"] };
function validate12(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  const _errs0 = errors;
  let valid0 = true;
  const _errs1 = errors;
  if (!(data && typeof data == "object" && !Array.isArray(data))) {
    const err0 = {};
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  var _valid0 = _errs1 === errors;
  errors = _errs0;
  if (vErrors !== null) {
    if (_errs0) {
      vErrors.length = _errs0;
    } else {
      vErrors = null;
    }
  }
  let ifClause0;
  if (_valid0) {
    const _errs3 = errors;
    if (data && typeof data == "object" && !Array.isArray(data)) {
      for (const key0 in data) {
        if (!(key0 === "severity")) {
          let data0 = data[key0];
          if (typeof data0 == "number" && isFinite(data0)) {
            if (data0 < 0 || isNaN(data0)) {
              const err1 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/then/additionalProperties/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema13.then.additionalProperties, data: data0 };
              if (vErrors === null) {
                vErrors = [err1];
              } else {
                vErrors.push(err1);
              }
              errors++;
            }
          } else {
            const err2 = { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/then/additionalProperties/type", keyword: "type", params: { type: "number" }, message: "must be number", schema: schema13.then.additionalProperties.type, parentSchema: schema13.then.additionalProperties, data: data0 };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
        }
      }
      if (data.severity !== void 0) {
        let data1 = data.severity;
        if (!(data1 === "off" || data1 === "error" || data1 === "warning" || data1 === "info")) {
          const err3 = { instancePath: instancePath + "/severity", schemaPath: "#/definitions/severity/enum", keyword: "enum", params: { allowedValues: schema14.enum }, message: "must be equal to one of the allowed values", schema: schema14.enum, parentSchema: schema14, data: data1 };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      }
    } else {
      const err4 = { instancePath, schemaPath: "#/then/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema13.then.type, parentSchema: schema13.then, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    var _valid0 = _errs3 === errors;
    valid0 = _valid0;
    ifClause0 = "then";
  } else {
    const _errs10 = errors;
    if (!(data === "off" || data === "error" || data === "warning" || data === "info")) {
      const err5 = { instancePath, schemaPath: "#/definitions/severity/enum", keyword: "enum", params: { allowedValues: schema14.enum }, message: "must be equal to one of the allowed values", schema: schema14.enum, parentSchema: schema14, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    var _valid0 = _errs10 === errors;
    valid0 = _valid0;
    ifClause0 = "else";
  }
  if (!valid0) {
    const err6 = { instancePath, schemaPath: "#/if", keyword: "if", params: { failingKeyword: ifClause0 }, message: 'must match "' + ifClause0 + '" schema', schema: schema13.if, parentSchema: schema13, data };
    if (vErrors === null) {
      vErrors = [err6];
    } else {
      vErrors.push(err6);
    }
    errors++;
  }
  validate12.errors = vErrors;
  return errors === 0;
}
function validate11(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == "object" && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: schema12.type }, message: "must be object,null", schema: schema12.type, parentSchema: schema12, data };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!validate12(data[key0], { instancePath: instancePath + "/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: data, parentDataProperty: key0, rootData })) {
        vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
        errors = vErrors.length;
      }
    }
  }
  validate11.errors = vErrors;
  return errors === 0;
}
var pattern0 = new RegExp("^\\d+(\\.\\d+){0,2}$", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    for (const key0 in data) {
      if (!(key0 === "hosts" || key0 === "client" || key0 === "target" || key0 === "failOn" || key0 === "baseline" || key0 === "rules")) {
        const err0 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11, data };
        if (vErrors === null) {
          vErrors = [err0];
        } else {
          vErrors.push(err0);
        }
        errors++;
      }
    }
    if (data.hosts !== void 0) {
      let data0 = data.hosts;
      if (!(data0 && typeof data0 == "object" && !Array.isArray(data0)) && data0 !== null) {
        const err1 = { instancePath: instancePath + "/hosts", schemaPath: "#/properties/hosts/type", keyword: "type", params: { type: schema11.properties.hosts.type }, message: "must be object,null", schema: schema11.properties.hosts.type, parentSchema: schema11.properties.hosts, data: data0 };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
      if (data0 && typeof data0 == "object" && !Array.isArray(data0)) {
        for (const key1 in data0) {
          let data1 = data0[key1];
          if (!(data1 && typeof data1 == "object" && !Array.isArray(data1)) && data1 !== null) {
            const err2 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/hosts/additionalProperties/type", keyword: "type", params: { type: schema11.properties.hosts.additionalProperties.type }, message: "must be object,null", schema: schema11.properties.hosts.additionalProperties.type, parentSchema: schema11.properties.hosts.additionalProperties, data: data1 };
            if (vErrors === null) {
              vErrors = [err2];
            } else {
              vErrors.push(err2);
            }
            errors++;
          }
          if (data1 && typeof data1 == "object" && !Array.isArray(data1)) {
            for (const key2 in data1) {
              if (!(key2 === "role" || key2 === "files" || key2 === "addresses" || key2 === "ssh" || key2 === "stop" || key2 === "start" || key2 === "rules")) {
                const err3 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/hosts/additionalProperties/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.hosts.additionalProperties, data: data1 };
                if (vErrors === null) {
                  vErrors = [err3];
                } else {
                  vErrors.push(err3);
                }
                errors++;
              }
            }
            if (data1.stop !== void 0) {
              if (data1.start === void 0) {
                const err4 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/hosts/additionalProperties/dependencies", keyword: "dependencies", params: {
                  property: "stop",
                  missingProperty: "start",
                  depsCount: 1,
                  deps: "start"
                }, message: "must have property start when property stop is present", schema: schema11.properties.hosts.additionalProperties.dependencies, parentSchema: schema11.properties.hosts.additionalProperties, data: data1 };
                if (vErrors === null) {
                  vErrors = [err4];
                } else {
                  vErrors.push(err4);
                }
                errors++;
              }
            }
            if (data1.start !== void 0) {
              if (data1.stop === void 0) {
                const err5 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/hosts/additionalProperties/dependencies", keyword: "dependencies", params: {
                  property: "start",
                  missingProperty: "stop",
                  depsCount: 1,
                  deps: "stop"
                }, message: "must have property stop when property start is present", schema: schema11.properties.hosts.additionalProperties.dependencies, parentSchema: schema11.properties.hosts.additionalProperties, data: data1 };
                if (vErrors === null) {
                  vErrors = [err5];
                } else {
                  vErrors.push(err5);
                }
                errors++;
              }
            }
            if (data1.role !== void 0) {
              let data2 = data1.role;
              if (!(data2 === "director" || data2 === "real-server")) {
                const err6 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/role", schemaPath: "#/properties/hosts/additionalProperties/properties/role/enum", keyword: "enum", params: { allowedValues: schema11.properties.hosts.additionalProperties.properties.role.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.hosts.additionalProperties.properties.role.enum, parentSchema: schema11.properties.hosts.additionalProperties.properties.role, data: data2 };
                if (vErrors === null) {
                  vErrors = [err6];
                } else {
                  vErrors.push(err6);
                }
                errors++;
              }
            }
            if (data1.files !== void 0) {
              let data3 = data1.files;
              if (Array.isArray(data3)) {
                const len0 = data3.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  let data4 = data3[i0];
                  if (typeof data4 === "string") {
                    if (func2(data4) < 1) {
                      const err7 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/files/" + i0, schemaPath: "#/properties/hosts/additionalProperties/properties/files/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.hosts.additionalProperties.properties.files.items, data: data4 };
                      if (vErrors === null) {
                        vErrors = [err7];
                      } else {
                        vErrors.push(err7);
                      }
                      errors++;
                    }
                  } else {
                    const err8 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/files/" + i0, schemaPath: "#/properties/hosts/additionalProperties/properties/files/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.hosts.additionalProperties.properties.files.items.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.files.items, data: data4 };
                    if (vErrors === null) {
                      vErrors = [err8];
                    } else {
                      vErrors.push(err8);
                    }
                    errors++;
                  }
                }
              } else {
                const err9 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/files", schemaPath: "#/properties/hosts/additionalProperties/properties/files/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.hosts.additionalProperties.properties.files.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.files, data: data3 };
                if (vErrors === null) {
                  vErrors = [err9];
                } else {
                  vErrors.push(err9);
                }
                errors++;
              }
            }
            if (data1.addresses !== void 0) {
              let data5 = data1.addresses;
              if (Array.isArray(data5)) {
                const len1 = data5.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data6 = data5[i1];
                  if (typeof data6 === "string") {
                    if (func2(data6) < 1) {
                      const err10 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/addresses/" + i1, schemaPath: "#/properties/hosts/additionalProperties/properties/addresses/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.hosts.additionalProperties.properties.addresses.items, data: data6 };
                      if (vErrors === null) {
                        vErrors = [err10];
                      } else {
                        vErrors.push(err10);
                      }
                      errors++;
                    }
                  } else {
                    const err11 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/addresses/" + i1, schemaPath: "#/properties/hosts/additionalProperties/properties/addresses/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.hosts.additionalProperties.properties.addresses.items.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.addresses.items, data: data6 };
                    if (vErrors === null) {
                      vErrors = [err11];
                    } else {
                      vErrors.push(err11);
                    }
                    errors++;
                  }
                }
              } else {
                const err12 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/addresses", schemaPath: "#/properties/hosts/additionalProperties/properties/addresses/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.hosts.additionalProperties.properties.addresses.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.addresses, data: data5 };
                if (vErrors === null) {
                  vErrors = [err12];
                } else {
                  vErrors.push(err12);
                }
                errors++;
              }
            }
            if (data1.ssh !== void 0) {
              let data7 = data1.ssh;
              if (typeof data7 === "string") {
                if (func2(data7) < 1) {
                  const err13 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/ssh", schemaPath: "#/properties/hosts/additionalProperties/properties/ssh/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.hosts.additionalProperties.properties.ssh, data: data7 };
                  if (vErrors === null) {
                    vErrors = [err13];
                  } else {
                    vErrors.push(err13);
                  }
                  errors++;
                }
              } else {
                const err14 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/ssh", schemaPath: "#/properties/hosts/additionalProperties/properties/ssh/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.hosts.additionalProperties.properties.ssh.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.ssh, data: data7 };
                if (vErrors === null) {
                  vErrors = [err14];
                } else {
                  vErrors.push(err14);
                }
                errors++;
              }
            }
            if (data1.stop !== void 0) {
              let data8 = data1.stop;
              if (typeof data8 === "string") {
                if (func2(data8) < 1) {
                  const err15 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/stop", schemaPath: "#/properties/hosts/additionalProperties/properties/stop/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.hosts.additionalProperties.properties.stop, data: data8 };
                  if (vErrors === null) {
                    vErrors = [err15];
                  } else {
                    vErrors.push(err15);
                  }
                  errors++;
                }
              } else {
                const err16 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/stop", schemaPath: "#/properties/hosts/additionalProperties/properties/stop/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.hosts.additionalProperties.properties.stop.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.stop, data: data8 };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
            }
            if (data1.start !== void 0) {
              let data9 = data1.start;
              if (typeof data9 === "string") {
                if (func2(data9) < 1) {
                  const err17 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/start", schemaPath: "#/properties/hosts/additionalProperties/properties/start/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.hosts.additionalProperties.properties.start, data: data9 };
                  if (vErrors === null) {
                    vErrors = [err17];
                  } else {
                    vErrors.push(err17);
                  }
                  errors++;
                }
              } else {
                const err18 = { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/start", schemaPath: "#/properties/hosts/additionalProperties/properties/start/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.hosts.additionalProperties.properties.start.type, parentSchema: schema11.properties.hosts.additionalProperties.properties.start, data: data9 };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
            if (data1.rules !== void 0) {
              if (!validate11(data1.rules, { instancePath: instancePath + "/hosts/" + key1.replace(/~/g, "~0").replace(/\//g, "~1") + "/rules", parentData: data1, parentDataProperty: "rules", rootData })) {
                vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
                errors = vErrors.length;
              }
            }
          }
        }
      }
    }
    if (data.client !== void 0) {
      let data11 = data.client;
      if (!(data11 && typeof data11 == "object" && !Array.isArray(data11)) && data11 !== null) {
        const err19 = { instancePath: instancePath + "/client", schemaPath: "#/properties/client/type", keyword: "type", params: { type: schema11.properties.client.type }, message: "must be object,null", schema: schema11.properties.client.type, parentSchema: schema11.properties.client, data: data11 };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
      if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
        for (const key3 in data11) {
          if (!(key3 === "ssh")) {
            const err20 = { instancePath: instancePath + "/client", schemaPath: "#/properties/client/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.client, data: data11 };
            if (vErrors === null) {
              vErrors = [err20];
            } else {
              vErrors.push(err20);
            }
            errors++;
          }
        }
        if (data11.ssh !== void 0) {
          let data12 = data11.ssh;
          if (typeof data12 === "string") {
            if (func2(data12) < 1) {
              const err21 = { instancePath: instancePath + "/client/ssh", schemaPath: "#/properties/client/properties/ssh/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.client.properties.ssh, data: data12 };
              if (vErrors === null) {
                vErrors = [err21];
              } else {
                vErrors.push(err21);
              }
              errors++;
            }
          } else {
            const err22 = { instancePath: instancePath + "/client/ssh", schemaPath: "#/properties/client/properties/ssh/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.client.properties.ssh.type, parentSchema: schema11.properties.client.properties.ssh, data: data12 };
            if (vErrors === null) {
              vErrors = [err22];
            } else {
              vErrors.push(err22);
            }
            errors++;
          }
        }
      }
    }
    if (data.target !== void 0) {
      let data13 = data.target;
      if (!(data13 && typeof data13 == "object" && !Array.isArray(data13)) && data13 !== null) {
        const err23 = { instancePath: instancePath + "/target", schemaPath: "#/properties/target/type", keyword: "type", params: { type: schema11.properties.target.type }, message: "must be object,null", schema: schema11.properties.target.type, parentSchema: schema11.properties.target, data: data13 };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
      if (data13 && typeof data13 == "object" && !Array.isArray(data13)) {
        for (const key4 in data13) {
          if (!(key4 === "keepalived" || key4 === "kernel" || key4 === "platform")) {
            const err24 = { instancePath: instancePath + "/target", schemaPath: "#/properties/target/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.target, data: data13 };
            if (vErrors === null) {
              vErrors = [err24];
            } else {
              vErrors.push(err24);
            }
            errors++;
          }
        }
        if (data13.keepalived !== void 0) {
          let data14 = data13.keepalived;
          if (typeof data14 === "string") {
            if (!pattern0.test(data14)) {
              const err25 = { instancePath: instancePath + "/target/keepalived", schemaPath: "#/properties/target/properties/keepalived/pattern", keyword: "pattern", params: { pattern: "^\\d+(\\.\\d+){0,2}$" }, message: 'must match pattern "^\\d+(\\.\\d+){0,2}$"', schema: "^\\d+(\\.\\d+){0,2}$", parentSchema: schema11.properties.target.properties.keepalived, data: data14 };
              if (vErrors === null) {
                vErrors = [err25];
              } else {
                vErrors.push(err25);
              }
              errors++;
            }
          } else {
            const err26 = { instancePath: instancePath + "/target/keepalived", schemaPath: "#/properties/target/properties/keepalived/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.target.properties.keepalived.type, parentSchema: schema11.properties.target.properties.keepalived, data: data14 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
        if (data13.kernel !== void 0) {
          let data15 = data13.kernel;
          if (typeof data15 === "string") {
            if (!pattern0.test(data15)) {
              const err27 = { instancePath: instancePath + "/target/kernel", schemaPath: "#/properties/target/properties/kernel/pattern", keyword: "pattern", params: { pattern: "^\\d+(\\.\\d+){0,2}$" }, message: 'must match pattern "^\\d+(\\.\\d+){0,2}$"', schema: "^\\d+(\\.\\d+){0,2}$", parentSchema: schema11.properties.target.properties.kernel, data: data15 };
              if (vErrors === null) {
                vErrors = [err27];
              } else {
                vErrors.push(err27);
              }
              errors++;
            }
          } else {
            const err28 = { instancePath: instancePath + "/target/kernel", schemaPath: "#/properties/target/properties/kernel/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.target.properties.kernel.type, parentSchema: schema11.properties.target.properties.kernel, data: data15 };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data13.platform !== void 0) {
          let data16 = data13.platform;
          if (!(data16 === "aws" || data16 === "azure" || data16 === "gcp" || data16 === "routed")) {
            const err29 = { instancePath: instancePath + "/target/platform", schemaPath: "#/properties/target/properties/platform/enum", keyword: "enum", params: { allowedValues: schema11.properties.target.properties.platform.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.target.properties.platform.enum, parentSchema: schema11.properties.target.properties.platform, data: data16 };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
      }
    }
    if (data.failOn !== void 0) {
      let data17 = data.failOn;
      if (!(data17 === "error" || data17 === "warning" || data17 === "info")) {
        const err30 = { instancePath: instancePath + "/failOn", schemaPath: "#/properties/failOn/enum", keyword: "enum", params: { allowedValues: schema11.properties.failOn.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.failOn.enum, parentSchema: schema11.properties.failOn, data: data17 };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
    }
    if (data.baseline !== void 0) {
      let data18 = data.baseline;
      if (typeof data18 === "string") {
        if (func2(data18) < 1) {
          const err31 = { instancePath: instancePath + "/baseline", schemaPath: "#/properties/baseline/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.baseline, data: data18 };
          if (vErrors === null) {
            vErrors = [err31];
          } else {
            vErrors.push(err31);
          }
          errors++;
        }
      } else {
        const err32 = { instancePath: instancePath + "/baseline", schemaPath: "#/properties/baseline/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.baseline.type, parentSchema: schema11.properties.baseline, data: data18 };
        if (vErrors === null) {
          vErrors = [err32];
        } else {
          vErrors.push(err32);
        }
        errors++;
      }
    }
    if (data.rules !== void 0) {
      if (!validate11(data.rules, { instancePath: instancePath + "/rules", parentData: data, parentDataProperty: "rules", rootData })) {
        vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
        errors = vErrors.length;
      }
    }
  } else {
    const err33 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.type, parentSchema: schema11, data };
    if (vErrors === null) {
      vErrors = [err33];
    } else {
      vErrors.push(err33);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
export {
  stdin_default as default,
  validate
};
