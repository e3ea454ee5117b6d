using System.Buffers.Binary;

namespace GmmNative.TestSupport;

/// <summary>Makes damaged copies of libraries of this system.</summary>
public static class DamagedLibrary
{
    private const int Page = 4096;

    /// <summary>What the loader is to say of a file that was damaged so.</summary>
    public static string Message(LibraryDamage damage) => damage switch
    {
        LibraryDamage.Deleted => "no such file",
        LibraryDamage.Empty => "the file is empty",
        LibraryDamage.HundredBytes or LibraryDamage.Half or LibraryDamage.PageLess => "the file is truncated",
        LibraryDamage.Text => "not a shared library",
        _ => "wrong architecture",
    };

    /// <summary>Writes a damaged copy; what stood there before, a link too, is replaced.</summary>
    public static void Write(string library, string copy, LibraryDamage damage)
    {
        File.Delete(copy);
        if (damage == LibraryDamage.Deleted)
        {
            return;
        }

        if (damage == LibraryDamage.Text)
        {
            File.WriteAllText(copy, "/* GNU ld script, which is what some packages for developers have in this place */ INPUT(-lm)\n");
            return;
        }

        using FileStream source = File.OpenRead(library);
        using FileStream target = File.Create(copy);
        Copy(source, target, damage switch
        {
            LibraryDamage.Empty => 0,
            LibraryDamage.HundredBytes => 100,
            LibraryDamage.Half => source.Length / 2,
            LibraryDamage.PageLess => source.Length - Page,
            _ => source.Length,
        });
        if (damage is LibraryDamage.OtherMachine or LibraryDamage.OtherWidth)
        {
            MakeForeign(target, narrow: damage == LibraryDamage.OtherWidth);
        }
    }

    /// <summary>Changes the header: another machine, of 64 or of 32 bits.</summary>
    private static void MakeForeign(FileStream file, bool narrow)
    {
        if (OperatingSystem.IsWindows())
        {
            // The offset of the PE header is at 60; its machine, IMAGE_FILE_MACHINE_I386 or _ARM64, 4 behind its start.
            file.Position = 60;
            Span<byte> offset = stackalloc byte[4];
            file.ReadExactly(offset);
            file.Position = BinaryPrimitives.ReadUInt32LittleEndian(offset) + 4L;
            file.Write(narrow ? [0x4C, 0x01] : [0x64, 0xAA]);
            return;
        }

        // EI_CLASS: ELFCLASS32 or ELFCLASS64; e_machine: EM_386 or EM_AARCH64.
        file.Position = 4;
        file.WriteByte(narrow ? (byte)1 : (byte)2);
        file.Position = 18;
        file.Write(narrow ? [3, 0] : [183, 0]);
    }

    private static void Copy(FileStream source, FileStream target, long length)
    {
        byte[] buffer = new byte[1 << 20];
        for (long left = length; left > 0;)
        {
            int count = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            target.Write(buffer, 0, count);
            left -= count;
        }
    }
}
