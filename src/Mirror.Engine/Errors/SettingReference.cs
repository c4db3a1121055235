namespace Mirror.Engine;

/// <summary>A setting that a fault is about.</summary>
/// <param name="Member">
/// The member of the settings record: <c>DeckhouseTag</c>, <c>Transfer.MaxConnections</c>,
/// <c>Source.Credential.Login</c>. Of <c>Components</c>, the part that is left out is named as in
/// <c>Components without Modules</c>.
/// </param>
/// <param name="Value">
/// The wrong value, as the fault quotes it; <see langword="null"/> (the default): the fault is about no value. Never
/// holds a secret.
/// </param>
public sealed record SettingReference(string Member, string? Value = null);
