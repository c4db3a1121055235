namespace Mirror.Engine.Disk;

/// <summary>A volume and its free space.</summary>
/// <param name="Volume">The volume's mount point or drive, for grouping and for people.</param>
/// <param name="FreeBytes">Bytes this user may still write.</param>
internal readonly record struct DiskSpace(string Volume, long FreeBytes);
