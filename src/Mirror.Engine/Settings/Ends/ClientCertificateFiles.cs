namespace Mirror.Engine.Settings.Ends;

/// <summary>
/// Where the client certificate of one end is, and its key. Not a record: key and password must not reach a log.
/// </summary>
/// <param name="file">A file in PEM or PKCS#12 form.</param>
internal sealed class ClientCertificateFiles(string file)
{
    public string File => file;

    /// <summary>The setting that names the file, for messages.</summary>
    public required string Setting { get; init; }

    /// <summary>A PEM file with the key; <see langword="null"/>: it is in the variable or in the file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The setting that names a file for the key.</summary>
    public required string KeySetting { get; init; }

    /// <summary>The key in PEM form, out of <see cref="KeyVariable"/>.</summary>
    public string? Key { get; init; }

    public required string KeyVariable { get; init; }

    /// <summary>The password of the key or of the PKCS#12 file, out of <see cref="PasswordVariable"/>.</summary>
    public string? Password { get; init; }

    public required string PasswordVariable { get; init; }
}
