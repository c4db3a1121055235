using Mirror.Engine;

namespace Cake.DeckhouseMirror;

/// <summary>A verb with its settings.</summary>
internal delegate Task<T> MirrorVerb<T>(
    IMirrorEngine engine, IProgress<MirrorEvent> progress, CancellationToken cancellationToken);
