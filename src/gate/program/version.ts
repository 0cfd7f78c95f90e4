/** The version of the built-in gate, as its `startup` line and `--version` say it. */
export const gateVersion = '0.1.0'
